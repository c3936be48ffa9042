/** Staff writing straight into the calendar: hold and booking in one step. */
import { type Actor, ownerOf } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AppointmentView, CreateInput } from '../../domain/booking.ts';
import type { Plan } from '../../domain/plan.ts';
import { type Result, refuse } from '../../domain/refusal.ts';
import type { Assignment } from '../../domain/starts.ts';
import { standingCard } from '../clients/standing-card.ts';
import type { Deps } from '../deps.ts';
import { straight, transactSql } from '../sql.ts';
import { choices, fitOf, lostTo } from './choices.ts';
import { checkBookable } from './eligibility.ts';
import { releaseLapsed, takeClaims } from './guard.ts';
import { giveBackOwn } from './hold.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { withinDayLimit } from './limits.ts';
import { withDuration } from './resize.ts';
import { readSituation, type Situation } from './situation.ts';
import { auditOverride, insertAppointment, type NewAppointment, notify, viewOf } from './write.ts';

/**
 * Books a visit for a client at once. With a reason it may lie outside of hours and policy (audited); the guard is never overridden.
 * Refuses with `forbidden`, `slot_taken`, `start_unfit`, `plan_refused`, `not_found`, `prerequisite_missing`, `idempotency_key_reused`.
 */
export async function create(deps: Deps, actor: Actor, input: CreateInput): Promise<Result<AppointmentView>> {
  const now = deps.now();
  const once: Once = { actor, key: input.idempotencyKey, command: 'create', input, now };
  const overrides = input.overrideReason !== undefined;
  if (overrides && !can(actor, 'appointment.override_policy')) return refuse('forbidden');
  const result = await onlyOnce<AppointmentView>(deps.db, once, async () => {
    const read = await readSituation(deps, actor, input, { startsAt: input.startsAt, ownHolds: true });
    if (!read.ok) return { again: false, result: read };
    const situation = input.durationMinutes ? withDuration(read.value, input.durationMinutes) : read.value;
    if (!situation)
      return { again: false, result: refuse('plan_refused', { reason: 'duration_out_of_range' }) };
    const allowed = await checkBookable(straight(deps.db), actor, situation, { ...input, overrides });
    if (!allowed.ok) return { again: false, result: allowed };
    const chosen = choices(situation, input.startsAt, overrides);
    if (!chosen.ok) return { again: false, result: chosen };
    for (const assignment of chosen.value) {
      const attempt = await tryCreate(deps, actor, once, situation, assignment, input);
      if (attempt) return attempt;
    }
    return { again: false, result: await lostTo(deps, actor, input, input.startsAt) };
  });
  deps.announcer.announce();
  return result;
}

/** Null when the guard refused this assignment. */
async function tryCreate(
  deps: Deps,
  actor: Actor,
  once: Once,
  situation: Situation,
  assignment: Assignment,
  input: CreateInput,
): Promise<Attempt<AppointmentView> | null> {
  const plan: Plan = situation.candidate(assignment.specialistId).plan;
  const specialistIds = plan.items.map(({ specialistId }) => specialistId);
  if (!can(actor, 'appointment.create', { specialistIds }))
    return { again: false, result: refuse('forbidden') };
  const row: NewAppointment = {
    id: deps.newId(),
    locationId: situation.location.id,
    zone: situation.location.timeZone,
    currency: situation.clinic.currency,
    clientId: input.clientId,
    status: 'booked',
    holderKey: null,
    heldUntil: null,
    startsAt: input.startsAt,
    plan,
    channel: 'staff',
    note: input.note ?? null,
  };
  const { reasons } = fitOf(situation, assignment.specialistId, input.startsAt);
  const overCap = reasons.includes('day_limit') && input.overrideReason !== undefined;
  let lost = false;
  const attempt = await transactSql<Attempt<AppointmentView>>(deps.db, async (tx) => {
    lost = false;
    row.clientId = await standingCard(tx, input.clientId);
    if (!row.clientId) return giveUp({ code: 'not_found', noun: 'client' });
    const view = viewOf(actor, row);
    await keepAnswer(tx, once, view);
    await giveBackOwn(tx, actor, assignment, once.now);
    await releaseLapsed(tx, assignment.claims, once.now);
    await insertAppointment(tx, deps, actor, row);
    const taken = await takeClaims(
      tx,
      assignment.claims,
      { kind: 'appointment', appointmentId: row.id },
      deps.newId,
    );
    if (!taken || !(overCap || (await withinDayLimit(tx, situation, row, once.now)))) {
      lost = true;
      giveUp({ code: 'slot_taken', alternatives: [] });
    }
    if (input.overrideReason && reasons.length > 0) {
      await auditOverride(tx, actor, once.now, row.id, input.overrideReason, {
        misfits: [...reasons],
        by: ownerOf(actor),
      });
    }
    await notify(tx, deps, row.id, 'booked', 1);
    return succeed(view);
  });
  return lost ? null : attempt;
}
