import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { canTransition, isLateCancel } from '../../domain/appointment.ts';
import type { AppointmentView, CancelInput, MarkInput } from '../../domain/booking.ts';
import type { Result } from '../../domain/refusal.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { loadHouse } from '../house/load.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { type AppointmentRow, lockAppointment, subjectOf, viewOfRow } from './read.ts';
import { noteCalendar, notify, recordStep } from './write.ts';

const partyOf = (actor: Actor): 'client' | 'staff' | 'system' =>
  actor.kind === 'client' ? 'client' : isStaff(actor) ? 'staff' : 'system';

/**
 * Cancels a visit and gives its time back at once. A client may until the cancellation window begins; staff always, and a
 * cancellation inside the window counts as late. Twice is once.
 * Refuses with `not_found`, `transition_refused`, `cancel_window_over`, `idempotency_key_reused`.
 */
export async function cancel(deps: Deps, actor: Actor, input: CancelInput): Promise<Result<AppointmentView>> {
  const now = deps.now();
  const once: Once = { actor, key: input.idempotencyKey, command: 'cancel', input, now };
  const windowMinutes = (await loadHouse(deps.db)).clinic?.policy.cancelWindowMinutes ?? 0;
  const result = await onlyOnce<AppointmentView>(deps.db, once, () =>
    transact<Attempt<AppointmentView>>(deps.db, async (tx) => {
      const row = await lockAppointment(tx, input.appointmentId);
      if (!row || row.status === 'held' || !can(actor, 'appointment.cancel', subjectOf(row))) {
        return giveUp({ code: 'not_found', noun: 'appointment' });
      }
      if (!canTransition(row.status, 'cancelled'))
        return giveUp({ code: 'transition_refused', from: row.status, to: 'cancelled' });
      const isLate = isLateCancel(row.startsAt, now.getTime(), windowMinutes);
      // A request nobody has answered yet may always be taken back.
      if (actor.kind === 'client' && isLate && row.status !== 'pending')
        return giveUp({ code: 'cancel_window_over', minutes: windowMinutes });
      const view = await cancelWithin(tx, deps, actor, now, row, { isLate, reason: input.reason ?? null });
      await keepAnswer(tx, once, view);
      return succeed(view);
    }),
  );
  deps.announcer.announce();
  return result;
}

/** Cancels a locked visit that may be cancelled: claims go, the trail and the message stay. */
export async function cancelWithin(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  now: Date,
  row: AppointmentRow,
  how: { isLate: boolean; reason: string | null },
): Promise<AppointmentView> {
  const version = row.version + 1;
  await tx.appointment.update({
    where: { id: row.id },
    data: {
      status: 'cancelled',
      cancelledAt: now,
      cancelledBy: partyOf(actor),
      cancelReason: how.reason,
      isLateCancel: how.isLate,
      version,
      updatedAt: now,
    },
  });
  await tx.claim.deleteMany({ where: { appointmentId: row.id } });
  await recordStep(tx, actor, now, {
    appointmentId: row.id,
    from: row.status,
    to: 'cancelled',
    reason: how.reason,
  });
  await noteCalendar(tx, { ...row, appointmentId: row.id }, row);
  await notify(tx, deps, row.id, 'cancelled', version);
  return viewOfRow(actor, { ...row, status: 'cancelled', version });
}

const actionFor = {
  booked: 'appointment.approve',
  declined: 'appointment.approve',
  confirmed: 'appointment.confirm',
  arrived: 'appointment.mark',
  fulfilled: 'appointment.mark',
  no_show: 'appointment.mark',
} as const;

/**
 * Approves or declines a request, confirms, marks as arrived, fulfilled or no-show, or takes a mistaken mark back. The transitions
 * are the domain's (BOOK-6); two at once come one after the other, and the second is refused.
 * Refuses with `not_found`, `transition_refused`, `idempotency_key_reused`.
 */
export async function mark(deps: Deps, actor: Actor, input: MarkInput): Promise<Result<AppointmentView>> {
  const now = deps.now();
  const once: Once = { actor, key: input.idempotencyKey, command: 'mark', input, now };
  const result = await onlyOnce<AppointmentView>(deps.db, once, () =>
    transact<Attempt<AppointmentView>>(deps.db, async (tx) => {
      const row = await lockAppointment(tx, input.appointmentId);
      if (!row || !can(actor, actionFor[input.to], subjectOf(row)))
        return giveUp({ code: 'not_found', noun: 'appointment' });
      if (row.status === 'held' || !canTransition(row.status, input.to)) {
        return giveUp({ code: 'transition_refused', from: row.status, to: input.to });
      }
      const version = row.version + 1;
      await tx.appointment.update({
        where: { id: row.id },
        data: { status: input.to, version, updatedAt: now },
      });
      if (input.to === 'declined') await tx.claim.deleteMany({ where: { appointmentId: row.id } });
      if (input.to === 'fulfilled') {
        // What is done is done in the chair as well.
        const open = { appointmentId: row.id, status: { not: 'completed' } };
        await tx.visit.updateMany({ where: open, data: { status: 'completed', completedAt: now } });
      }
      await recordStep(tx, actor, now, {
        appointmentId: row.id,
        from: row.status,
        to: input.to,
        reason: input.reason ?? null,
      });
      await noteCalendar(tx, { ...row, appointmentId: row.id }, row);
      if (row.status === 'pending' && input.to === 'booked')
        await notify(tx, deps, row.id, 'booked', version);
      if (input.to === 'declined') await notify(tx, deps, row.id, 'declined', version);
      const view = viewOfRow(actor, { ...row, status: input.to, version });
      await keepAnswer(tx, once, view);
      return succeed(view);
    }),
  );
  deps.announcer.announce();
  return result;
}
