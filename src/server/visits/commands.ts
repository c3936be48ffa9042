/** What happens in the chair: a visit is begun and completed; the appointment follows. */
import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { type AppointmentStatus, canTransition } from '../../domain/appointment.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { localDateOf } from '../../domain/zone.ts';
import { type AppointmentRow, lockAppointment } from '../booking/read.ts';
import { noteCalendar, recordStep } from '../booking/write.ts';
import { transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { endConsultationsOf } from '../schemes/consultation-end.ts';

export interface VisitState {
  visitId: string;
  clientId: string;
  appointmentId: string | null;
  status: 'in_progress' | 'completed';
}

/** Takes the appointment one step on, with its trail and a word to the calendars. */
async function step(
  tx: Tx,
  actor: Actor,
  now: Date,
  row: AppointmentRow,
  to: AppointmentStatus,
): Promise<void> {
  await tx.appointment.update({
    where: { id: row.id },
    data: { status: to, version: { increment: 1 }, updatedAt: now },
  });
  await recordStep(tx, actor, now, { appointmentId: row.id, from: row.status, to });
  await noteCalendar(tx, { ...row, appointmentId: row.id }, row);
}

/**
 * Begins the visit of an appointment: it becomes `arrived` and a visit is in progress. Whoever comes second, or clicks
 * twice, gets the visit the first one began (VIS-1).
 * Refuses with `not_found` to anybody but the performing specialist and the desk, and with `transition_refused`.
 */
export async function startVisit(
  deps: Deps,
  actor: Actor,
  appointmentId: string,
): Promise<Result<VisitState>> {
  const now = deps.now();
  const result = await transact<Result<VisitState>>(deps.db, async (tx) => {
    const row = await lockAppointment(tx, appointmentId);
    const specialistIds = row?.items.map(({ specialistId }) => specialistId) ?? [];
    if (!row?.clientId || !can(actor, 'visit.start', { specialistIds }))
      return refuse('not_found', { noun: 'appointment' });
    const begun = await tx.visit.findUnique({ where: { appointmentId } });
    if (row.status !== 'arrived' && !canTransition(row.status, 'arrived'))
      return refuse('transition_refused', { from: row.status, to: 'arrived' });
    if (row.status !== 'arrived') await step(tx, actor, now, row, 'arrived');
    if (begun?.status === 'in_progress')
      return done({ visitId: begun.id, clientId: row.clientId, appointmentId, status: 'in_progress' });
    const state = { status: 'in_progress', startedAt: now, completedAt: null } as const;
    const visit = await tx.visit.upsert({
      where: { appointmentId },
      update: state,
      create: {
        ...state,
        id: deps.newId(),
        appointmentId,
        clientId: row.clientId,
        specialistId: performerOf(actor, specialistIds),
        serviceDate: new Date(localDateOf(row.startsAt, row.zone)),
        createdAt: now,
      },
    });
    await noteChange(tx, { topic: 'client', entityId: row.clientId });
    return done({ visitId: visit.id, clientId: row.clientId, appointmentId, status: 'in_progress' });
  });
  deps.announcer.announce();
  return result;
}

/** Who begins it, where they perform it; else the first of those it is booked with. */
function performerOf(actor: Actor, specialistIds: readonly string[]): string {
  const own = isStaff(actor) ? actor.specialistId : null;
  const performer = own !== null && specialistIds.includes(own) ? own : specialistIds[0];
  if (performer === undefined) throw new Error('an appointment without a service');
  return performer;
}

/**
 * Completes a visit in progress; its appointment becomes `fulfilled`. Twice is once.
 * Refuses with `not_found` to anybody but its specialists and the desk, and with `transition_refused`.
 */
export async function completeVisit(deps: Deps, actor: Actor, visitId: string): Promise<Result<VisitState>> {
  const now = deps.now();
  const result = await transact<Result<VisitState>>(deps.db, async (tx) => {
    const known = await tx.visit.findUnique({ where: { id: visitId } });
    if (!known) return refuse('not_found', { noun: 'visit' });
    const row = known.appointmentId ? await lockAppointment(tx, known.appointmentId) : null;
    await tx.$queryRaw`SELECT 1 FROM visit WHERE id = ${visitId}::uuid FOR UPDATE`;
    const visit = await tx.visit.findUniqueOrThrow({ where: { id: visitId } });
    const specialistIds = [visit.specialistId, ...(row?.items.map(({ specialistId }) => specialistId) ?? [])];
    if (!can(actor, 'visit.complete', { specialistIds })) return refuse('not_found', { noun: 'visit' });
    const { clientId, appointmentId } = visit;
    const completed = done<VisitState>({ visitId, clientId, appointmentId, status: 'completed' });
    if (visit.status === 'completed') return completed;
    if (visit.status !== 'in_progress')
      return refuse('transition_refused', { from: visit.status, to: 'completed' });
    if (row && row.status !== 'fulfilled') {
      if (!canTransition(row.status, 'fulfilled'))
        return refuse('transition_refused', { from: row.status, to: 'fulfilled' });
      await step(tx, actor, now, row, 'fulfilled');
    }
    await tx.visit.update({ where: { id: visitId }, data: { status: 'completed', completedAt: now } });
    await noteChange(tx, { topic: 'client', entityId: clientId });
    return completed;
  });
  if (result.ok) await endConsultationsOf(deps, actor, visitId);
  deps.announcer.announce();
  return result;
}
