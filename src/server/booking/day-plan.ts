/** A specialist's whole day moved, handed over or called off in one go: all of it or nothing (BOOK-15). */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { canTransition, isLateCancel, isMovable } from '../../domain/appointment.ts';
import type { AppointmentView, DayPlanInput } from '../../domain/booking.ts';
import { done, type Refusal, type RefusalOf, type Result, refuse } from '../../domain/refusal.ts';
import type { Claim } from '../../domain/starts.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import { cancelWithin } from './cancel.ts';
import { choices } from './choices.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { withinDayLimit } from './limits.ts';
import { leave, lockForMove, type Move, planAsBooked, settle } from './move.ts';
import { type AppointmentRow, lockAppointment, readAppointment } from './read.ts';
import { requestOf } from './reschedule.ts';
import { readSituation, type Situation } from './situation.ts';

/**
 * Carries out a plan for the day: each visit handed over, moved or cancelled, all in one transaction. Every step is judged as if the
 * visits of the plan had left their time already and the steps before it had taken theirs: visits may change places. Clients are told
 * one message each. Refuses with `forbidden` and `step_refused`, which names the visit and why: then nothing has changed.
 */
export async function carryOutDay(
  deps: Deps,
  actor: Actor,
  input: DayPlanInput,
): Promise<Result<AppointmentView[]>> {
  if (!can(actor, 'appointment.move_day')) return refuse('forbidden');
  const once: Once = { actor, key: input.idempotencyKey, command: 'carry_out_day', input, now: deps.now() };
  const result = await onlyOnce<AppointmentView[]>(deps.db, once, async () => {
    const judged = await judge(deps, actor, input.moves);
    if (!judged.ok) return { again: false, result: judged };
    const { attempt, lost } = await tryPlan(deps, actor, once, input.reason, judged.value);
    if (!lost) return attempt;
    // Somebody was quicker: judged anew, the refusal tells what is still open.
    const now = await judge(deps, actor, input.moves);
    return now.ok ? attempt : { again: false, result: now };
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

const refusedAt = (
  { id, startsAt }: Pick<AppointmentRow, 'id' | 'startsAt'>,
  because: Refusal,
): RefusalOf<'step_refused'> => ({ code: 'step_refused', appointmentId: id, startsAt, because });

async function tryPlan(
  deps: Deps,
  actor: Actor,
  once: Once,
  reason: string,
  steps: readonly Step[],
): Promise<{ attempt: Attempt<AppointmentView[]>; lost: boolean }> {
  let lost = false;
  const attempt = await transact<Attempt<AppointmentView[]>>(deps.db, async (tx) => {
    lost = false;
    await lockForMove(
      tx,
      steps.map(({ row, move }) => ({ appointmentId: row.id, assignment: move?.assignment ?? null })),
    );
    for (const { row } of [...steps].sort((a, b) => (a.row.id < b.row.id ? -1 : 1))) {
      const current = await lockAppointment(tx, row.id);
      if (current?.version !== row.version) giveUp(refusedAt(row, { code: 'stale', noun: 'appointment' }));
      await leave(tx, row.id);
    }
    const policy = (await loadHouse(tx)).clinic?.policy;
    const views: AppointmentView[] = [];
    for (const { row, move } of steps) {
      const isLate = isLateCancel(row.startsAt, once.now.getTime(), policy?.cancelWindowMinutes ?? 0);
      const view = move
        ? await settle(tx, deps, actor, once.now, move, reason)
        : await cancelWithin(tx, deps, actor, once.now, row, { isLate, reason });
      if (!view) {
        lost = true;
        return giveUp(refusedAt(row, { code: 'slot_taken', alternatives: [] }));
      }
      views.push(view);
    }
    // Caps are counted when everything stands where it shall: one visit may make room for another.
    for (const { row, move, caps } of steps) {
      const visit = move && { id: row.id, startsAt: move.startsAt, zone: row.zone, plan: move.plan };
      if (visit && !(await withinDayLimit(tx, { caps }, visit, once.now)))
        return giveUp(refusedAt(row, { code: 'start_unfit', reason: 'day_limit', alternatives: [] }));
    }
    await keepAnswer(tx, once, views);
    return succeed(views);
  });
  return { attempt, lost };
}

/** Each step after the other; what one takes stands in the way of the next. Refuses with `step_refused`. */
async function judge(deps: Deps, actor: Actor, moves: DayPlanInput['moves']): Promise<Result<Step[]>> {
  const lifted = moves.map(({ appointmentId }) => appointmentId);
  const placed: Claim[] = [];
  const steps: Step[] = [];
  for (const step of moves) {
    const row = await readAppointment(deps.db, step.appointmentId);
    // Nothing is known of such a visit that could name it.
    if (!row) return refuse('not_found', { noun: 'appointment' });
    const judged = await judgeStep(deps, actor, step, row, lifted, placed);
    if (!judged.ok) return { ok: false, refusal: refusedAt(row, judged.refusal) };
    placed.push(...(judged.value.move?.assignment.claims ?? []));
    steps.push(judged.value);
  }
  return done(steps);
}

async function judgeStep(
  deps: Deps,
  actor: Actor,
  step: DayPlanInput['moves'][number],
  row: AppointmentRow,
  lifted: readonly string[],
  placed: readonly Claim[],
): Promise<Result<Step>> {
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
    movingAppointmentIds: lifted,
    alsoTaken: placed,
  });
  if (!situation.ok) return situation;
  const chosen = choices(situation.value, startsAt);
  if (!chosen.ok) return chosen;
  const [assignment] = chosen.value;
  if (!assignment) throw new Error('a choice without an assignment');
  return done({ row, move: { row, plan: plan.value, assignment, startsAt }, caps: situation.value.caps });
}
