/** Turning a hold into a visit. */
import { type Actor, isStaff } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AppointmentView, BookInput } from '../../domain/booking.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { standingCard } from '../clients/standing-card.ts';
import { loadHouse } from '../house/load.ts';
import { alternativesOf } from './choices.ts';
import { checkBookable } from './eligibility.ts';
import { type Attempt, giveUp, keepAnswer, type Once, onlyOnce, succeed } from './idempotency.ts';
import { belowUpcomingMaximum } from './limits.ts';
import { type AppointmentRow, lockAppointment, readAppointment, subjectOf, viewOfRow } from './read.ts';
import { readSituation } from './situation.ts';
import { noteCalendar, notify, recordStep } from './write.ts';

/**
 * Books what the actor holds, for a client: `booked`, or `pending` where a service wants approval (it keeps its time).
 * The hold's end is decided by time, job or no job (BOOK-4).
 * Refuses with `not_found`, `hold_lapsed` (with near starts), `transition_refused`, `too_many_upcoming`, `not_allowed_to_book`,
 * `prerequisite_missing`, `idempotency_key_reused`.
 */
export async function book(deps: Deps, actor: Actor, input: BookInput): Promise<Result<AppointmentView>> {
  const now = deps.now();
  const once: Once = { actor, key: input.idempotencyKey, command: 'book', input, now };
  const result = await onlyOnce<AppointmentView>(deps.db, once, () => attemptBook(deps, actor, once, input));
  deps.announcer.announce();
  if (!result.ok && result.refusal.code === 'hold_lapsed')
    return withAlternatives(deps, actor, input.appointmentId);
  return result;
}

async function attemptBook(
  deps: Deps,
  actor: Actor,
  once: Once,
  input: BookInput,
): Promise<Attempt<AppointmentView>> {
  const { now } = once;
  const house = await loadHouse(deps.db);
  return transact<Attempt<AppointmentView>>(deps.db, async (tx) => {
    const row = await lockAppointment(tx, input.appointmentId);
    if (!row) return giveUp({ code: 'not_found', noun: 'appointment' });
    if (!can(actor, 'appointment.book', subjectOf(row)))
      return giveUp({ code: 'not_found', noun: 'appointment' });
    if (row.status === 'expired') return giveUp({ code: 'hold_lapsed', alternatives: [] });
    if (row.status !== 'held') return giveUp({ code: 'transition_refused', from: row.status, to: 'booked' });
    if (!row.heldUntil || row.heldUntil <= now) return giveUp({ code: 'hold_lapsed', alternatives: [] });
    const wanted = clientFor(actor, input);
    const clientId = wanted && (await standingCard(tx, wanted));
    if (!clientId) return giveUp({ code: 'not_found', noun: 'client' });
    const services = row.items.flatMap(({ serviceId }) => house.services.get(serviceId) ?? []);
    const allowed = await checkBookable(tx, actor, { services }, { startsAt: row.startsAt, clientId });
    if (!allowed.ok) return giveUp(allowed.refusal);
    const max = house.clinic?.policy.maxUpcomingPerClient ?? 0;
    if (actor.kind === 'client' && !(await belowUpcomingMaximum(tx, clientId, max, now))) {
      return giveUp({ code: 'too_many_upcoming', max });
    }
    const status =
      !isStaff(actor) && services.some(({ needsApproval }) => needsApproval) ? 'pending' : 'booked';
    const booked: AppointmentRow = { ...row, status, clientId, heldUntil: null, version: row.version + 1 };
    await tx.appointment.update({
      where: { id: row.id },
      data: {
        status,
        clientId,
        heldUntil: null,
        holderKey: null,
        note: input.note ?? null,
        version: booked.version,
        updatedAt: now,
      },
    });
    await tx.claim.updateMany({
      where: { appointmentId: row.id },
      data: { kind: 'appointment', heldUntil: null },
    });
    await recordStep(tx, actor, now, { appointmentId: row.id, from: 'held', to: status });
    await noteCalendar(tx, { ...row, appointmentId: row.id }, row);
    await notify(tx, deps, row.id, status === 'pending' ? 'requested' : 'booked', booked.version);
    await keepAnswer(tx, once, viewOfRow(actor, booked));
    return succeed(viewOfRow(actor, booked));
  });
}

/** Clients book for themselves; staff say for whom. */
function clientFor(actor: Actor, input: BookInput): string | null {
  if (actor.kind === 'client') return actor.clientId;
  return actor.kind === 'nobody' ? null : (input.clientId ?? null);
}

async function withAlternatives(
  deps: Deps,
  actor: Actor,
  appointmentId: string,
): Promise<Result<AppointmentView>> {
  const row = await readAppointment(deps.db, appointmentId);
  if (!row) return refuse('hold_lapsed', { alternatives: [] });
  const situation = await readSituation(
    deps,
    actor,
    {
      locationId: row.locationId,
      items: row.items.map((item) => ({
        serviceId: item.serviceId,
        specialistId: item.specialistId,
        techniqueIds: item.techniques.map(({ id }) => id),
      })),
    },
    { startsAt: row.startsAt, ownHolds: true },
  );
  return refuse('hold_lapsed', {
    alternatives: situation.ok ? alternativesOf(situation.value, row.startsAt) : [],
  });
}

/** The visit as its owner, its specialist or the desk sees it. Refuses with `not_found`, whoever asks for what isn't theirs. */
export async function viewAppointment(
  deps: Deps,
  actor: Actor,
  appointmentId: string,
): Promise<Result<AppointmentView>> {
  const row = await readAppointment(deps.db, appointmentId);
  const allowed =
    row &&
    (can(actor, 'appointment.view', subjectOf(row)) || can(actor, 'appointment.release', subjectOf(row)));
  return allowed ? done(viewOfRow(actor, row)) : refuse('not_found', { noun: 'appointment' });
}
