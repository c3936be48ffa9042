/** What could become of each visit of a specialist's day, before anything is decided. */
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import type { Plan } from '../../domain/plan.ts';
import { done, type OfferedStart, type Result, refuse } from '../../domain/refusal.ts';
import { findStarts, nearestStarts } from '../../domain/starts.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { clientNames } from '../clients/names.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import type { House } from '../house/state.ts';
import { fitOf } from './choices.ts';
import { planAsBooked } from './move.ts';
import { type AppointmentRow, readAppointment } from './read.ts';
import { requestOf } from './reschedule.ts';
import { readSituation } from './situation.ts';

/** What could become of one visit of the day. */
export interface DayProposal {
  appointmentId: string;
  version: number;
  startsAt: number;
  endsAt: number;
  clientName: string;
  serviceNames: string[];
  /** Colleagues who could take it at the same time. */
  handOverTo: string[];
  /** Near starts within the coming two weeks, with the absent one or anybody else. */
  nearStarts: OfferedStart[];
}

const openStatuses = ['pending', 'booked', 'confirmed'];

/** Promises every visit still open of that specialist and day, with who could take it over and when else it could be. Refuses with `forbidden`, `not_found`. */
export async function proposeDay(
  deps: Deps,
  actor: Actor,
  specialistId: string,
  date: string,
): Promise<Result<DayProposal[]>> {
  if (!can(actor, 'appointment.move_day')) return refuse('forbidden');
  const house = await loadHouse(deps.db);
  const home = house.resources.get(specialistId);
  const zone = home && house.locations.get(home.locationId)?.timeZone;
  if (!zone) return refuse('not_found', { noun: 'specialist' });
  const from = startOfLocalDay(date, zone);
  const to = startOfLocalDay(addDays(date, 1), zone);
  const rows = await deps.db.appointment.findMany({
    where: {
      status: { in: openStatuses },
      items: { some: { specialistId, startsAt: { gte: new Date(from), lt: new Date(to) } } },
    },
    orderBy: { startsAt: 'asc' },
    select: { id: true, clientId: true },
  });
  const names = await clientNames(
    deps.db,
    clientScope(actor),
    rows.map(({ clientId }) => clientId),
  );
  const proposals: DayProposal[] = [];
  for (const { id, clientId } of rows) {
    const row = await readAppointment(deps.db, id);
    if (row)
      proposals.push(
        await proposeVisit(deps, actor, house, row, specialistId, to, names.get(clientId ?? '') ?? ''),
      );
  }
  return done(proposals);
}

async function proposeVisit(
  deps: Deps,
  actor: Actor,
  house: House,
  row: AppointmentRow,
  absentId: string,
  dayEndMs: number,
  clientName: string,
): Promise<DayProposal> {
  const plans = plansByPerformer(house, row, absentId);
  const around = {
    movingAppointmentIds: [row.id],
    plans,
    fromMs: row.startsAt,
    toMs: dayEndMs + 14 * 86_400_000,
  };
  const read = plans.size > 0 ? await readSituation(deps, actor, requestOf(row), around) : null;
  const situation = read?.ok ? read.value : null;
  const handOverTo = situation
    ? situation.starts.candidates
        .filter(
          ({ specialistId }) =>
            specialistId !== absentId && fitOf(situation, specialistId, row.startsAt).reasons.length === 0,
        )
        .map(({ specialistId }) => specialistId)
    : [];
  // The absent one is absent that day: their own starts count from the next.
  const starts = situation
    ? findStarts(situation.starts).flatMap((start) => {
        const specialistIds = start.specialistIds.filter(
          (id) => id !== absentId || start.startsAt >= dayEndMs,
        );
        return specialistIds.length > 0 ? [{ ...start, specialistIds }] : [];
      })
    : [];
  const minutes = (row.endsAt - row.startsAt) / 60_000;
  return {
    appointmentId: row.id,
    version: row.version,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    clientName,
    serviceNames: row.items.map(({ serviceName }) => serviceName),
    handOverTo,
    nearStarts: nearestStarts(starts, row.startsAt, 4).map(({ startsAt, specialistIds }) => ({
      startsAt,
      endsAt: startsAt + minutes * 60_000,
      specialistIds: [...specialistIds],
    })),
  };
}

function plansByPerformer(house: House, row: AppointmentRow, absentId: string): Map<string, Plan> {
  const plans = new Map<string, Plan>();
  for (const specialist of house.specialists.values()) {
    const plan = specialist.isActive
      ? planAsBooked(house, row.items, specialist.id === absentId ? null : specialist.id)
      : null;
    if (plan?.ok) plans.set(specialist.id, plan.value);
  }
  return plans;
}
