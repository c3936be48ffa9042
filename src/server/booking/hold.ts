/** Holding a start while a client makes up their mind, and giving it back. */
import { type Actor, holderKeysOf, ownerOf } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AppointmentView, HoldInput } from '../../domain/booking.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Assignment } from '../../domain/starts/model.ts';
import { Prisma, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { asSql, type Sql, straight, transactSql } from '../sql.ts';
import { checkBookable } from './eligibility.ts';
import { releaseLapsed, takeClaims } from './guard.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { withinDayLimit } from './limits.ts';
import { choices, lostTo } from './choices.ts';
import { readSituation, type Situation } from './situation.ts';
import { lockAppointment, subjectOf } from './read.ts';
import { insertAppointment, type NewAppointment, noteCalendar, recordStep, viewOf } from './write.ts';

/** So many starts one browser may keep from others at a time. */
const maxLiveHolds = 3;

/**
 * Takes the time of a visit for `holdMinutes` of the clinic, or for `holdForMs` (an offer may stand longer). One's own holds do not stand in the way: what overlaps is given back,
 * and the oldest beyond three.
 * Refuses with `start_unfit`, `slot_taken` (each with up to three near starts), `plan_refused`, `not_bookable_online`,
 * `not_allowed_to_book`, `prerequisite_missing`, `idempotency_key_reused`.
 */
export async function hold(
  deps: Deps,
  actor: Actor,
  input: HoldInput,
  holdForMs?: number,
): Promise<Result<AppointmentView>> {
  if (!can(actor, 'appointment.hold')) return refuse('forbidden');
  const now = deps.now();
  const once: Once = { actor, key: input.idempotencyKey, command: 'hold', input, now };
  const result = await onlyOnce<AppointmentView>(deps.db, once, async () => {
    const read = await readSituation(deps, actor, input, { startsAt: input.startsAt, ownHolds: true });
    if (!read.ok) return { again: false, result: read };
    const situation = read.value;
    const allowed = await checkBookable(straight(deps.db), actor, situation, {
      startsAt: input.startsAt,
      clientId: null,
    });
    if (!allowed.ok) return { again: false, result: allowed };
    const chosen = choices(situation, input.startsAt);
    if (!chosen.ok) return { again: false, result: chosen };
    // Anyone: the next specialist is tried when the guard says no.
    for (const assignment of chosen.value) {
      const attempt = await tryHold(deps, actor, once, situation, assignment, input.startsAt, holdForMs);
      if (attempt) return attempt;
    }
    return { again: false, result: await lostTo(deps, actor, input, input.startsAt) };
  });
  deps.announcer.announce();
  return result;
}

/** Null when the guard refused this assignment. */
async function tryHold(
  deps: Deps,
  actor: Actor,
  once: Once,
  situation: Situation,
  assignment: Assignment,
  startsAt: number,
  holdForMs = situation.clinic.holdMinutes * 60_000,
): Promise<Attempt<AppointmentView> | null> {
  const { plan } = situation.candidate(assignment.specialistId);
  const heldUntil = new Date(once.now.getTime() + holdForMs);
  const row: NewAppointment = {
    id: deps.newId(),
    locationId: situation.location.id,
    zone: situation.location.timeZone,
    currency: situation.clinic.currency,
    clientId: null,
    status: 'held',
    holderKey: ownerOf(actor),
    heldUntil,
    startsAt,
    plan,
    channel: actor.kind === 'staff' ? 'staff' : 'portal',
    note: null,
  };
  let lost = false;
  const attempt = await transactSql<Attempt<AppointmentView>>(deps.db, async (tx) => {
    lost = false;
    const view = viewOf(actor, row);
    await keepAnswer(tx, once, view);
    await giveBackOwn(tx, actor, assignment, once.now);
    await releaseLapsed(tx, assignment.claims, once.now);
    await insertAppointment(tx, deps, actor, row);
    const taken = await takeClaims(
      tx,
      assignment.claims,
      { kind: 'hold', appointmentId: row.id, heldUntil },
      deps.newId,
    );
    if (!taken || !(await withinDayLimit(tx, situation, row, once.now))) {
      lost = true;
      giveUp({ code: 'slot_taken', alternatives: [] });
    }
    await deps.queue.send(tx, 'expire-hold', { appointmentId: row.id }, { startAfter: heldUntil });
    return succeed(view);
  });
  return lost ? null : attempt;
}

interface OwnHold {
  id: string;
}

/** Own holds that overlap the wanted time, and the oldest beyond the maximum, make way. */
export async function giveBackOwn(
  tx: Tx | Sql,
  actor: Actor,
  assignment: Assignment,
  now: Date,
): Promise<void> {
  const holders = holderKeysOf(actor);
  if (holders.length === 0) return;
  const resourceIds = [...new Set(assignment.claims.map(({ resourceId }) => resourceId))];
  const from = new Date(Math.min(...assignment.claims.map(({ startMs }) => startMs)));
  const to = new Date(Math.max(...assignment.claims.map(({ endMs }) => endMs)));
  const own = await asSql(tx).rows<OwnHold>(Prisma.sql`
    SELECT id FROM (
      SELECT a.id, row_number() OVER (ORDER BY a.created_at DESC) AS place,
        EXISTS (SELECT 1 FROM claim c WHERE c.appointment_id = a.id AND c.resource_id = ANY (${resourceIds}::uuid[])
          AND c.starts_at < ${to} AND c.ends_at > ${from}) AS in_the_way
      FROM appointment a WHERE a.holder_key = ANY (${holders}) AND a.status = 'held'
    ) AS mine WHERE in_the_way OR place >= ${maxLiveHolds} ORDER BY id`);
  for (const { id } of own) await expire(tx, actor, id, now);
}

/** Ends a hold that is still one: its claims go, its row stays as expired. False when it was over already. */
async function expire(tx: Tx | Sql, actor: Actor, id: string, now: Date): Promise<boolean> {
  const row = await lockAppointment(tx, id);
  if (row?.status !== 'held') return false;
  await asSql(tx).run(Prisma.sql`
    UPDATE appointment SET status = 'expired', version = version + 1, updated_at = ${now} WHERE id = ${id}::uuid`);
  await asSql(tx).run(Prisma.sql`DELETE FROM claim WHERE appointment_id = ${id}::uuid`);
  await recordStep(tx, actor, now, { appointmentId: id, from: 'held', to: 'expired' });
  await noteCalendar(tx, { ...row, appointmentId: id }, row);
  return true;
}

/** Gives a hold back before its time. Doing it twice, or too late, changes nothing. Refuses with `not_found`, `forbidden`. */
export async function release(deps: Deps, actor: Actor, appointmentId: string): Promise<Result<null>> {
  const now = deps.now();
  const result = await transact<Result<null>>(deps.db, async (tx) => {
    const row = await lockAppointment(tx, appointmentId);
    if (!row || !can(actor, 'appointment.release', subjectOf(row)))
      return refuse('not_found', { noun: 'appointment' });
    await expire(tx, actor, appointmentId, now);
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** The job `expire-hold`: tidies a hold whose time is over. Early, late or twice: it looks again and acts at most once. */
export async function expireHold(deps: Deps, appointmentId: string): Promise<void> {
  const now = deps.now();
  await transact(deps.db, async (tx) => {
    const row = await lockAppointment(tx, appointmentId);
    if (row?.status !== 'held' || !row.heldUntil) return;
    const leftMs = row.heldUntil.getTime() - now.getTime();
    if (leftMs > 0) {
      // The queue's clock is ahead of this one: the hold still stands here, so the job comes back.
      await deps.queue.send(tx, 'expire-hold', { appointmentId }, { afterSeconds: Math.ceil(leftMs / 1000) });
      return;
    }
    await expire(tx, { kind: 'system', task: 'expire-hold' }, appointmentId, now);
  });
  deps.announcer.announce();
}
