import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { isMovable } from '../../domain/appointment.ts';
import type { AppointmentView, RescheduleInput } from '../../domain/booking.ts';
import type { Plan } from '../../domain/plan.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import { choices, fitOf, lostTo } from './choices.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { withinDayLimit } from './limits.ts';
import { leave, lockForMove, type Move, planAsBooked, settle } from './move.ts';
import { type AppointmentRow, lockAppointment, readAppointment, subjectOf } from './read.ts';
import { resized } from './resize.ts';
import { readSituation, type Situation } from './situation.ts';
import { auditOverride } from './write.ts';

/**
 * Moves a visit to another start, length or specialist. The old time is never lost when the new one is taken (BOOK-8).
 * Clients move their own, outside of the cancellation window. With a reason staff set hours and policy aside (audited).
 * Refuses with `not_found`, `stale`, `transition_refused`, `cancel_window_over`, `slot_taken`, `start_unfit`, `plan_refused`.
 */
export async function reschedule(
  deps: Deps,
  actor: Actor,
  input: RescheduleInput,
): Promise<Result<AppointmentView>> {
  const once: Once = { actor, key: input.idempotencyKey, command: 'reschedule', input, now: deps.now() };
  if (input.overrideReason && !can(actor, 'appointment.override_policy')) return refuse('forbidden');
  const result = await onlyOnce<AppointmentView>(deps.db, once, async () => {
    const prepared = await prepare(deps, actor, input);
    if (!prepared.ok) return { again: false, result: prepared };
    const { move, situation } = prepared.value;
    const attempt = await tryMove(deps, actor, once, input, move, situation);
    if (attempt) return attempt;
    const plans = new Map([[move.assignment.specialistId, move.plan]]);
    return {
      again: false,
      result: await lostTo(deps, actor, requestOf(move.row), input.startsAt, {
        plans,
        movingAppointmentIds: [move.row.id],
      }),
    };
  });
  deps.announcer.announce();
  return result;
}

export const requestOf = (row: AppointmentRow) => ({
  locationId: row.locationId,
  items: row.items.map(({ serviceId, specialistId, techniques }) => ({
    serviceId,
    specialistId,
    techniqueIds: techniques.map(({ id }) => id),
  })),
});

async function prepare(
  deps: Deps,
  actor: Actor,
  input: RescheduleInput,
): Promise<Result<{ move: Move; situation: Situation }>> {
  const row = await readAppointment(deps.db, input.appointmentId);
  if (!row || !can(actor, 'appointment.reschedule', subjectOf(row)))
    return refuse('not_found', { noun: 'appointment' });
  const open = await stillOpen(deps, actor, row, input.version);
  if (!open.ok) return open;
  if (!isStaff(actor) && actor.kind !== 'system' && input.durationMinutes) return refuse('forbidden');
  const planned = await planFor(deps, row, input);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const label = [...new Set(plan.items.map(({ specialistId }) => specialistId))].join('+');
  const situation = await readSituation(deps, actor, requestOf(row), {
    startsAt: input.startsAt,
    ownHolds: true,
    movingAppointmentIds: [row.id],
    plans: new Map([[label, plan]]),
  });
  if (!situation.ok) return situation;
  const chosen = choices(situation.value, input.startsAt, input.overrideReason !== undefined);
  if (!chosen.ok) return chosen;
  const [assignment] = chosen.value;
  if (!assignment) throw new Error('a choice without an assignment');
  return done({ move: { row, plan, assignment, startsAt: input.startsAt }, situation: situation.value });
}

async function stillOpen(
  deps: Deps,
  actor: Actor,
  row: AppointmentRow,
  version: number,
): Promise<Result<null>> {
  if (row.version !== version) return refuse('stale', { noun: 'appointment' });
  if (!isMovable(row.status)) return refuse('transition_refused', { from: row.status, to: 'booked' });
  if (actor.kind !== 'client') return done(null);
  const minutes = (await loadHouse(deps.db)).clinic?.policy.cancelWindowMinutes ?? 0;
  const isOver = row.startsAt - deps.now().getTime() < minutes * 60_000;
  return isOver ? refuse('cancel_window_over', { minutes }) : done(null);
}

async function planFor(deps: Deps, row: AppointmentRow, input: RescheduleInput): Promise<Result<Plan>> {
  const house = await loadHouse(deps.db);
  const current = row.items[0]?.specialistId;
  const performer = input.specialistId && input.specialistId !== current ? input.specialistId : null;
  const plan = planAsBooked(house, row.items, performer);
  if (!plan.ok || !input.durationMinutes) return plan;
  const other = resized(plan.value, input.durationMinutes);
  return other ? done(other) : refuse('plan_refused', { reason: 'duration_out_of_range' });
}

async function tryMove(
  deps: Deps,
  actor: Actor,
  once: Once,
  input: RescheduleInput,
  move: Move,
  situation: Situation,
): Promise<Attempt<AppointmentView> | null> {
  const { reasons } = fitOf(situation, move.assignment.specialistId, input.startsAt);
  let lost = false;
  const attempt = await transact<Attempt<AppointmentView>>(deps.db, async (tx) => {
    lost = false;
    await lockForMove(tx, [{ appointmentId: move.row.id, assignment: move.assignment }]);
    const row = await lockAppointment(tx, move.row.id);
    if (row?.version !== move.row.version) giveUp({ code: 'stale', noun: 'appointment' });
    await leave(tx, move.row.id);
    const view = await settle(tx, deps, actor, once.now, move, input.overrideReason ?? null);
    const visit = { id: move.row.id, startsAt: input.startsAt, zone: move.row.zone, plan: move.plan };
    const overCap = reasons.includes('day_limit') && input.overrideReason !== undefined;
    if (!view || !(overCap || (await withinDayLimit(tx, situation, visit, once.now)))) {
      lost = true;
      return giveUp({ code: 'slot_taken', alternatives: [] });
    }
    if (input.overrideReason && reasons.length > 0) {
      await auditOverride(tx, actor, once.now, move.row.id, input.overrideReason, { misfits: [...reasons] });
    }
    await keepAnswer(tx, once, view);
    return succeed(view);
  });
  return lost ? null : attempt;
}
