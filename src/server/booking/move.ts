/** Moving a visit in time, in length or to somebody else: old time given back and new time taken in one transaction (BOOK-8). */
import type { Actor } from '../../domain/access/actor.ts';
import type { AppointmentView, ItemSnapshot } from '../../domain/booking.ts';
import { type Plan, resolvePlan } from '../../domain/plan.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Assignment } from '../../domain/starts.ts';
import { localDateOf } from '../../domain/zone.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import type { House } from '../house/state.ts';
import { lockResources, releaseLapsed, takeClaims } from './guard.ts';
import { type AppointmentRow, viewOfRow } from './read.ts';
import { noteCalendar, notify, recordStep, snapshotOf } from './write.ts';

/**
 * The plan of a visit as it was booked: its own minutes, buffers and prices, whatever the price list says by now; rooms, devices
 * and processing time as the service needs them. `performer` hands every item to another specialist.
 * Refuses with `plan_refused` where that one does not offer the service or has not mastered a technique.
 */
export function planAsBooked(
  house: House,
  items: readonly ItemSnapshot[],
  performer: string | null,
): Result<Plan> {
  const parts = [];
  for (const item of items) {
    const service = house.services.get(item.serviceId);
    const specialist = house.specialists.get(performer ?? item.specialistId);
    if (!service || !specialist)
      return refuse('plan_refused', { reason: 'nobody_performs', subjectId: item.serviceId });
    if (performer && !(service.id in specialist.services)) {
      return refuse('plan_refused', { reason: 'nobody_performs', subjectId: item.serviceId });
    }
    const chosen = new Set(item.techniques.map(({ id }) => id));
    const used = service.techniques.filter(({ id }) => chosen.has(id));
    const mastered = specialist.masteredTechniqueIds;
    const missing = used.find(
      ({ id, masteryRequired }) => performer && masteryRequired && mastered && !mastered.includes(id),
    );
    if (missing) return refuse('plan_refused', { reason: 'technique_not_mastered', subjectId: missing.id });
    parts.push({
      item,
      service,
      specialist,
      requires: [...service.requires, ...used.flatMap(({ requires }) => requires)],
    });
  }
  const resolved = resolvePlan({
    slotStepMinutes: 1,
    items: parts.map(({ item, service, specialist, requires }) => ({
      service: {
        id: service.id,
        name: item.serviceName,
        baseMinutes: item.minutes,
        priceMinor: item.priceMinor,
        bufferBeforeMinutes: item.bufferBeforeMinutes,
        bufferAfterMinutes: item.bufferAfterMinutes,
        // A visit once shortened may have no room left for it.
        processing:
          service.processing && service.processing.afterMinutes + service.processing.minutes < item.minutes
            ? service.processing
            : null,
        requires,
      },
      techniques: [],
      chosenTechniqueIds: [],
      specialist: { id: specialist.id, services: {}, techniques: {}, masteredTechniqueIds: null },
    })),
  });
  if (!resolved.ok) return resolved;
  const plan = resolved.value;
  // What was chosen and what it cost stays part of the record.
  const planItems = plan.items.map((item, index) => ({
    ...item,
    techniques: items[index]?.techniques ?? [],
  }));
  return done({ ...plan, items: planItems });
}

/** Locks what the visit occupies now and what it will, in sorted order; do it before anything else is written. */
export async function lockForMove(
  tx: Tx,
  moves: readonly { appointmentId: string; assignment: Assignment | null }[],
): Promise<void> {
  const ids = moves.map(({ appointmentId }) => appointmentId);
  const old = await tx.claim.findMany({
    where: { appointmentId: { in: ids } },
    select: { resourceId: true },
  });
  const wanted = moves.flatMap(({ assignment }) => assignment?.claims ?? []);
  await lockResources(
    tx,
    [...old, ...wanted].map(({ resourceId }) => resourceId),
  );
}

export interface Move {
  row: AppointmentRow;
  plan: Plan;
  assignment: Assignment;
  startsAt: number;
}

/** Gives back the old time of a visit; the new one is taken by `settle`. */
export const leave = (tx: Tx, appointmentId: string): Promise<unknown> =>
  tx.claim.deleteMany({ where: { appointmentId } });

/**
 * Takes the new time and writes the visit there; null when the guard said no (the caller rolls back). The caller holds the locks and
 * has given back the old time. Whoever is capped is checked by the caller too.
 */
export async function settle(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  now: Date,
  move: Move,
  reason: string | null,
): Promise<AppointmentView | null> {
  const { row, plan, assignment, startsAt } = move;
  await releaseLapsed(tx, assignment.claims, now);
  if (!(await takeClaims(tx, assignment.claims, { kind: 'appointment', appointmentId: row.id }, deps.newId)))
    return null;
  const items = snapshotOf(plan, startsAt);
  const endsAt = startsAt + plan.minutes * 60_000;
  const version = row.version + 1;
  // A moved visit is to be confirmed anew.
  const status = row.status === 'confirmed' ? 'booked' : row.status;
  await tx.appointment.update({
    where: { id: row.id },
    data: {
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      serviceDate: new Date(`${localDateOf(startsAt, row.zone)}T00:00:00Z`),
      status,
      version,
      updatedAt: now,
    },
  });
  for (const [position, item] of items.entries()) {
    await tx.appointmentItem.updateMany({
      where: { appointmentId: row.id, position },
      data: {
        specialistId: item.specialistId,
        startsAt: new Date(item.startsAt),
        endsAt: new Date(item.endsAt),
        minutes: item.minutes,
      },
    });
  }
  await recordStep(tx, actor, now, {
    appointmentId: row.id,
    from: row.status,
    to: status,
    reason,
    previous: {
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      specialistIds: row.items.map(({ specialistId }) => specialistId),
    },
  });
  await noteCalendar(tx, { ...row, appointmentId: row.id }, row, { startsAt, endsAt });
  await notify(tx, deps, row.id, 'moved', version);
  return viewOfRow(actor, { ...row, status, startsAt, endsAt, version, items });
}
