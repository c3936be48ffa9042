/** Reading appointments for the commands: as a row to decide on, locked or not. */
import type { Actor } from '../../domain/access/actor.ts';
import type { AppointmentSubject } from '../../domain/access/appointment.ts';
import { can } from '../../domain/access/policy.ts';
import type { AppointmentStatus } from '../../domain/appointment.ts';
import { type AppointmentView, itemView, type ItemSnapshot } from '../../domain/booking.ts';
import { type Db, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql } from '../sql.ts';

export interface AppointmentRow {
  id: string;
  locationId: string;
  zone: string;
  clientId: string | null;
  status: AppointmentStatus;
  holderKey: string | null;
  heldUntil: Date | null;
  startsAt: number;
  endsAt: number;
  priceMinor: number;
  currency: string;
  channel: string;
  version: number;
  items: ItemSnapshot[];
}

type Stored = Omit<AppointmentRow, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

/** The appointment as the commands know it; null where there is none. */
export async function readAppointment(db: Db | Tx | Sql, id: string): Promise<AppointmentRow | null> {
  const [row] = await asSql(db).rows<Stored>(Prisma.sql`
    SELECT a.id, a.location_id AS "locationId", l.time_zone AS zone, a.client_id AS "clientId", a.status,
      a.holder_key AS "holderKey", a.held_until AS "heldUntil", a.starts_at AS "startsAt", a.ends_at AS "endsAt",
      a.price_minor AS "priceMinor", a.currency, a.channel, a.version,
      (SELECT coalesce(json_agg(json_build_object('serviceId', i.service_id, 'serviceName', i.service_name,
          'specialistId', i.specialist_id, 'startsAt', (extract(epoch FROM i.starts_at) * 1000)::bigint,
          'endsAt', (extract(epoch FROM i.ends_at) * 1000)::bigint, 'minutes', i.minutes,
          'bufferBeforeMinutes', i.buffer_before_minutes, 'bufferAfterMinutes', i.buffer_after_minutes,
          'priceMinor', i.price_minor, 'techniques', i.techniques) ORDER BY i.position), '[]')
        FROM appointment_item i WHERE i.appointment_id = a.id) AS items
    FROM appointment a JOIN location l ON l.id = a.location_id WHERE a.id = ${id}::uuid`);
  return row ? { ...row, startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() } : null;
}

/** Locks the row until the end of the transaction: two changes of one appointment come one after the other. */
export async function lockAppointment(tx: Tx | Sql, id: string): Promise<AppointmentRow | null> {
  await asSql(tx).rows(Prisma.sql`SELECT 1 FROM appointment WHERE id = ${id}::uuid FOR UPDATE`);
  return readAppointment(tx, id);
}

export const subjectOf = (row: AppointmentRow): AppointmentSubject => ({
  clientId: row.clientId,
  specialistIds: row.items.map(({ specialistId }) => specialistId),
  holderKey: row.status === 'held' || row.status === 'expired' ? row.holderKey : null,
});

export const viewOfRow = (actor: Actor, row: AppointmentRow): AppointmentView => ({
  appointmentId: row.id,
  status: row.status,
  locationId: row.locationId,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  heldUntil: row.heldUntil?.getTime() ?? null,
  priceMinor: can(actor, 'money.view') ? row.priceMinor : null,
  currency: row.currency,
  version: row.version,
  items: row.items.map(itemView),
});
