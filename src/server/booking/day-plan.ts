/** A specialist's whole day moved, handed over or called off in one go: all of it or nothing. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { canTransition, isLateCancel, isMovable } from '../../domain/appointment.ts';
import type { AppointmentView, DayPlanInput } from '../../domain/booking.ts';
import { done, type OfferedStart, type Result, refuse } from '../../domain/refusal.ts';
import type { Plan } from '../../domain/plan.ts';
import { findStarts, nearestStarts } from '../../domain/starts.ts';
import { addDays, startOfLocalDay } from '../../domain/zone.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import type { House } from '../house/state.ts';
import { cancelWithin } from './cancel.ts';
import { choices, fitOf } from './choices.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { withinDayLimit } from './limits.ts';
import { leave, lockForMove, type Move, planAsBooked, settle } from './move.ts';
import { type AppointmentRow, lockAppointment, readAppointment } from './read.ts';
import { requestOf } from './reschedule.ts';
import { readSituation, type Situation } from './situation.ts';

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
    select: { id: true, client: { select: { firstName: true, lastName: true } } },
  });
  const proposals: DayProposal[] = [];
  for (const { id, client } of rows) {
    const row = await readAppointment(deps.db, id);
    if (row)
      proposals.push(
        await proposeVisit(
          deps,
          actor,
          house,
          row,
          specialistId,
          to,
          `${client?.firstName ?? ''} ${client?.lastName ?? ''}`.trim(),
        ),
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
    movingAppointmentId: row.id,
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

/**
 * Carries out a plan for the day: each visit handed over, moved or cancelled, all in one transaction. Clients are told one message each.
 * Refuses with `forbidden`, `stale`, `slot_taken`, `start_unfit`, `plan_refused`, `transition_refused`: then nothing has changed.
 */
export async function carryOutDay(
  deps: Deps,
  actor: Actor,
  input: DayPlanInput,
): Promise<Result<AppointmentView[]>> {
  if (!can(actor, 'appointment.move_day')) return refuse('forbidden');
  const once: Once = { actor, key: input.idempotencyKey, command: 'carry_out_day', input, now: deps.now() };
  const result = await onlyOnce<AppointmentView[]>(deps.db, once, async () => {
    const moves: Step[] = [];
    for (const step of input.moves) {
      const prepared = await prepareStep(deps, actor, step);
      if (!prepared.ok) return { again: false, result: prepared };
      moves.push(prepared.value);
    }
    return transact<Attempt<AppointmentView[]>>(deps.db, async (tx) => {
      await lockForMove(
        tx,
        moves.map(({ row, move }) => ({ appointmentId: row.id, assignment: move?.assignment ?? null })),
      );
      for (const { row } of [...moves].sort((a, b) => (a.row.id < b.row.id ? -1 : 1))) {
        const current = await lockAppointment(tx, row.id);
        if (current?.version !== row.version) giveUp({ code: 'stale', noun: 'appointment' });
        await leave(tx, row.id);
      }
      const policy = (await loadHouse(tx)).clinic?.policy;
      const views: AppointmentView[] = [];
      for (const { row, move } of moves) {
        const isLate = isLateCancel(row.startsAt, once.now.getTime(), policy?.cancelWindowMinutes ?? 0);
        const view = move
          ? await settle(tx, deps, actor, once.now, move, input.reason)
          : await cancelWithin(tx, deps, actor, once.now, row, { isLate, reason: input.reason });
        if (!view) return giveUp({ code: 'slot_taken', alternatives: [] });
        views.push(view);
      }
      // Caps are counted when everything stands where it shall: one visit may make room for another.
      for (const { row, move, caps } of moves) {
        const visit = move && { id: row.id, startsAt: move.startsAt, zone: row.zone, plan: move.plan };
        if (visit && !(await withinDayLimit(tx, { caps }, visit, once.now)))
          return giveUp({ code: 'start_unfit', reason: 'day_limit', alternatives: [] });
      }
      await keepAnswer(tx, once, views);
      return succeed(views);
    });
  });
  deps.announcer.announce();
  return result;
}

interface Step {
  row: AppointmentRow;
  /** Null: the visit is called off. */
  move: Move | null;
  caps: Situation['caps'];
}

async function prepareStep(
  deps: Deps,
  actor: Actor,
  step: DayPlanInput['moves'][number],
): Promise<Result<Step>> {
  const row = await readAppointment(deps.db, step.appointmentId);
  if (!row) return refuse('not_found', { noun: 'appointment' });
  if (row.version !== step.version) return refuse('stale', { noun: 'appointment' });
  if (step.action === 'cancel') {
    return canTransition(row.status, 'cancelled')
      ? done({ row, move: null, caps: new Map() })
      : refuse('transition_refused', { from: row.status, to: 'cancelled' });
  }
  if (!isMovable(row.status)) return refuse('transition_refused', { from: row.status, to: 'booked' });
  const startsAt = step.action === 'move' ? step.startsAt : row.startsAt;
  const plan = planAsBooked(await loadHouse(deps.db), row.items, step.specialistId);
  if (!plan.ok) return plan;
  const plans = new Map([[step.specialistId, plan.value]]);
  const situation = await readSituation(deps, actor, requestOf(row), {
    startsAt,
    plans,
    movingAppointmentId: row.id,
  });
  if (!situation.ok) return situation;
  const chosen = choices(situation.value, startsAt);
  if (!chosen.ok) return chosen;
  const [assignment] = chosen.value;
  if (!assignment) throw new Error('a choice without an assignment');
  return done({ row, move: { row, plan: plan.value, assignment, startsAt }, caps: situation.value.caps });
}
