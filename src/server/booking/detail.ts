/** One visit as the drawer shows it: who, what, when, what may happen next, and everything that has happened. */
import { type Actor, holds } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { can } from '../../domain/access/policy.ts';
import { type AppointmentStatus, isMovable, nextStatuses } from '../../domain/appointment.ts';
import { itemView, type ItemView } from '../../domain/booking.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { clientNames } from '../clients/names.ts';
import { noteReading } from '../clients/reads.ts';
import type { Deps } from '../deps.ts';
import { staffNames } from '../people/names.ts';
import { readAppointment, subjectOf } from './read.ts';

export interface TrailStep {
  id: string;
  from: string | null;
  to: string;
  at: Date;
  /** The account's name; null for the client themselves and for the system. */
  by: string | null;
  byKind: string;
  reason: string | null;
  /** Set where the visit was moved: when it began before. */
  previousStartsAt: number | null;
}

export interface AppointmentDetail {
  appointmentId: string;
  version: number;
  status: AppointmentStatus;
  locationId: string;
  startsAt: number;
  endsAt: number;
  heldUntil: number | null;
  /** Null without the right to money. */
  priceMinor: number | null;
  currency: string;
  channel: string;
  note: string | null;
  cancelReason: string | null;
  isLateCancel: boolean;
  /** E-mail and phone only with the right to contacts. */
  client: { id: string; name: string; cardNumber: number; email: string | null; phone: string | null } | null;
  items: (ItemView & { specialistName: string })[];
  rooms: string[];
  /** Where it may go from here; empty for those who may not change it. */
  next: AppointmentStatus[];
  mayEdit: boolean;
  mayMove: boolean;
  /** What happens in the chair, once it has begun. */
  visit: { id: string; status: string } | null;
  /** Draws what is done: who treats the client, or may draw for everybody. */
  mayDraw: boolean;
  trail: TrailStep[];
}

const startOf = (previous: unknown): number | null =>
  typeof previous === 'object' &&
  previous !== null &&
  'startsAt' in previous &&
  (typeof previous.startsAt === 'number' || typeof previous.startsAt === 'string')
    ? new Date(previous.startsAt).getTime()
    : null;

/** Promises the visit with its trail, oldest step first. Refuses with `not_found`, also where the actor may not see it. */
export async function readDetail(
  deps: Deps,
  actor: Actor,
  appointmentId: string,
): Promise<Result<AppointmentDetail>> {
  const row = await readAppointment(deps.db, appointmentId);
  if (!row || !can(actor, 'appointment.view', subjectOf(row)))
    return refuse('not_found', { noun: 'appointment' });
  const specialistIds = [...new Set(row.items.map(({ specialistId }) => specialistId))];
  const [rest, names, steps] = await Promise.all([
    deps.db.appointment.findUniqueOrThrow({
      where: { id: row.id },
      select: {
        note: true,
        cancelReason: true,
        isLateCancel: true,
        client: {
          select: { id: true, firstName: true, lastName: true, cardNumber: true, email: true, phone: true },
        },
        visit: { select: { id: true, status: true } },
        claims: { select: { resource: { select: { name: true, kind: true } } } },
      },
    }),
    deps.db.resource.findMany({ where: { id: { in: specialistIds } }, select: { id: true, name: true } }),
    deps.db.statusChange.findMany({ where: { appointmentId: row.id }, orderBy: { id: 'asc' } }),
  ]);
  const accountIds = steps.flatMap(({ actorId }) => actorId ?? []);
  const accounts = await staffNames(deps.db, accountIds);
  const nameOf = new Map([...names.map(({ id, name }) => [id, name] as const), ...accounts]);
  const contact = holds(actor, 'clients.contact');
  const own = actor.kind === 'staff' && specialistIds.includes(actor.specialistId ?? '');
  const notes = own || can(actor, 'notes.view_all');
  const mayEdit = can(actor, 'appointment.reschedule', subjectOf(row)) && row.status !== 'held';
  // The card by itself is row security's; the name says that the scope reaches it, too.
  const known = await clientNames(deps.db, clientScope(actor), [rest.client?.id ?? null]);
  const client = rest.client && known.has(rest.client.id) ? rest.client : null;
  if (client) await noteReading(deps.db, client.id);
  return done({
    appointmentId: row.id,
    version: row.version,
    status: row.status,
    locationId: row.locationId,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    heldUntil: row.heldUntil?.getTime() ?? null,
    priceMinor: can(actor, 'money.view') ? row.priceMinor : null,
    currency: row.currency,
    channel: row.channel,
    note: notes ? rest.note : null,
    cancelReason: notes ? rest.cancelReason : null,
    isLateCancel: rest.isLateCancel,
    client: client && {
      id: client.id,
      name: `${client.firstName} ${client.lastName}`.trim(),
      cardNumber: client.cardNumber,
      email: contact ? client.email : null,
      phone: contact ? client.phone : null,
    },
    items: row.items.map((item) => ({
      ...itemView(item),
      specialistName: nameOf.get(item.specialistId) ?? '',
    })),
    rooms: [
      ...new Set(
        rest.claims.flatMap(({ resource }) => (resource.kind === 'specialist' ? [] : resource.name)),
      ),
    ],
    next: mayEdit ? [...nextStatuses(row.status)] : [],
    mayEdit,
    mayMove: mayEdit && isMovable(row.status),
    visit: rest.visit,
    mayDraw: can(actor, 'scheme.draw', { seesCard: client !== null, treats: own }),
    trail: steps.map((step) => ({
      id: String(step.id),
      from: step.fromStatus,
      to: step.toStatus,
      at: step.at,
      by: step.actorKind === 'staff' && step.actorId ? (nameOf.get(step.actorId) ?? null) : null,
      byKind: step.actorKind,
      reason: notes ? step.reason : null,
      previousStartsAt: startOf(step.previous),
    })),
  });
}
