/** Writing an appointment with its services, its trail, its event and its jobs: always within the caller's transaction. */
import { type Actor, actorId } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AppointmentStatus } from '../../domain/appointment.ts';
import { type AppointmentView, itemView, type ItemSnapshot } from '../../domain/booking.ts';
import type { Plan } from '../../domain/plan.ts';
import { localDateOf } from '../../domain/zone.ts';
import { Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import type { JobPayload } from '../queue.ts';

export type Channel = 'portal' | 'staff' | 'import';

export interface NewAppointment {
  id: string;
  locationId: string;
  zone: string;
  currency: string;
  clientId: string | null;
  status: Extract<AppointmentStatus, 'held' | 'pending' | 'booked'>;
  holderKey: string | null;
  heldUntil: Date | null;
  startsAt: number;
  plan: Plan;
  channel: Channel;
  note: string | null;
}

const MINUTE_MS = 60_000;

/** The services of a plan at an instant, as they are kept: named, timed and priced as of now. */
export function snapshotOf(plan: Plan, startsAt: number): ItemSnapshot[] {
  return plan.items.map((item) => ({
    serviceId: item.serviceId,
    serviceName: item.serviceName,
    specialistId: item.specialistId,
    startsAt: startsAt + item.offsetMinutes * MINUTE_MS,
    endsAt: startsAt + (item.offsetMinutes + item.minutes) * MINUTE_MS,
    minutes: item.minutes,
    bufferBeforeMinutes: item.bufferBeforeMinutes,
    bufferAfterMinutes: item.bufferAfterMinutes,
    priceMinor: item.priceMinor,
    techniques: item.techniques,
  }));
}

export function viewOf(actor: Actor, appointment: NewAppointment): AppointmentView {
  return {
    appointmentId: appointment.id,
    status: appointment.status,
    locationId: appointment.locationId,
    startsAt: appointment.startsAt,
    endsAt: appointment.startsAt + appointment.plan.minutes * MINUTE_MS,
    heldUntil: appointment.heldUntil?.getTime() ?? null,
    priceMinor: can(actor, 'money.view') ? appointment.plan.priceMinor : null,
    currency: appointment.currency,
    version: 1,
    items: snapshotOf(appointment.plan, appointment.startsAt).map(itemView),
  };
}

/** Inserts the appointment and its services. Its claims come with the guard, before or after. */
export async function insertAppointment(
  tx: Tx | Sql,
  deps: Deps,
  actor: Actor,
  row: NewAppointment,
): Promise<void> {
  const now = deps.now();
  const endsAt = row.startsAt + row.plan.minutes * MINUTE_MS;
  const items = snapshotOf(row.plan, row.startsAt);
  // One statement for all of it: a booking is worth as few round trips as possible.
  await asSql(tx).run(Prisma.sql`
    WITH visit AS (
      INSERT INTO appointment (id, location_id, client_id, status, holder_key, held_until, starts_at, ends_at,
        service_date, price_minor, currency, channel, note, created_by, created_at, updated_at)
      VALUES (${row.id}::uuid, ${row.locationId}::uuid, ${row.clientId}::uuid, ${row.status}, ${row.holderKey},
        ${row.heldUntil}, ${new Date(row.startsAt)}, ${new Date(endsAt)}, ${localDateOf(row.startsAt, row.zone)}::date,
        ${row.plan.priceMinor}, ${row.currency}, ${row.channel}, ${row.note}, ${actorId(actor)}::uuid, ${now}, ${now})
    ), trail AS (
      INSERT INTO status_change (appointment_id, to_status, actor_id, actor_kind, at)
      VALUES (${row.id}::uuid, ${row.status}, ${actorId(actor)}::uuid, ${actor.kind}, ${now})
    ), seen AS (
      INSERT INTO change_event (topic, location_id, date_from, date_to, entity_id)
      VALUES ('calendar', ${row.locationId}::uuid, ${localDateOf(row.startsAt, row.zone)}::date,
        ${localDateOf(endsAt - 1, row.zone)}::date, ${row.id}::uuid)
    )
    INSERT INTO appointment_item (id, appointment_id, position, service_id, service_name, specialist_id, starts_at,
      ends_at, minutes, buffer_before_minutes, buffer_after_minutes, price_minor, techniques)
    VALUES ${Prisma.join(items.map((item, position) => itemRow(deps.newId(), row.id, position, item)))}`);
}

function itemRow(id: string, appointmentId: string, position: number, item: ItemSnapshot): Prisma.Sql {
  return Prisma.sql`(${id}::uuid, ${appointmentId}::uuid, ${position}, ${item.serviceId}::uuid, ${item.serviceName},
    ${item.specialistId}::uuid, ${new Date(item.startsAt)}, ${new Date(item.endsAt)}, ${item.minutes},
    ${item.bufferBeforeMinutes}, ${item.bufferAfterMinutes}, ${item.priceMinor}, ${JSON.stringify(item.techniques)}::jsonb)`;
}

export interface StatusStep {
  appointmentId: string;
  from: AppointmentStatus;
  to: AppointmentStatus;
  reason?: string | null;
  previous?: object;
}

/** One line of the appointment's trail: who changed what, when and why. */
export async function recordStep(tx: Tx | Sql, actor: Actor, now: Date, step: StatusStep): Promise<void> {
  const previous = step.previous === undefined ? null : JSON.stringify(step.previous);
  await asSql(tx).run(Prisma.sql`
    INSERT INTO status_change (appointment_id, from_status, to_status, previous, actor_id, actor_kind, reason, at)
    VALUES (${step.appointmentId}::uuid, ${step.from}, ${step.to}, ${previous}::jsonb, ${actorId(actor)}::uuid, ${actor.kind},
      ${step.reason ?? null}, ${now})`);
}

/** Says to open calendars which local days to read again. */
export async function noteCalendar(
  tx: Tx | Sql,
  where: { locationId: string; zone: string; appointmentId: string },
  ...spans: readonly { startsAt: number; endsAt: number }[]
): Promise<void> {
  for (const { startsAt, endsAt } of spans) {
    await noteChange(tx, {
      topic: 'calendar',
      locationId: where.locationId,
      dateFrom: localDateOf(startsAt, where.zone),
      dateTo: localDateOf(endsAt - 1, where.zone),
      entityId: where.appointmentId,
    });
  }
}

/** Tells the client, from the worker; skipped for those who have no visit to be told of. */
export const notify = (
  tx: Tx | Sql,
  deps: Deps,
  appointmentId: string,
  kind: JobPayload<'notify-appointment'>['kind'],
  version: number,
): Promise<void> => deps.queue.send(tx, 'notify-appointment', { appointmentId, kind, version });

/** A policy set aside by staff: kept with its reason for good. */
export async function auditOverride(
  tx: Tx | Sql,
  actor: Actor,
  now: Date,
  appointmentId: string,
  reason: string,
  detail: object,
): Promise<void> {
  await asSql(tx).run(Prisma.sql`
    INSERT INTO audit_entry (at, actor_id, actor_kind, action, subject_type, subject_id, reason, detail)
    VALUES (${now}, ${actorId(actor)}::uuid, ${actor.kind}, 'appointment.override_policy', 'appointment', ${appointmentId}::uuid,
      ${reason}, ${JSON.stringify(detail)}::jsonb)`);
}
