/** Reading appointments for the commands: as a row to decide on, locked or not. */
import type { AppointmentSubject } from '../../domain/access/appointment.ts';
import { type AppointmentStatus, isAppointmentStatus } from '../../domain/appointment.ts';
import type { AppointmentView, ItemSnapshot } from '../../domain/booking.ts';
import type { Db, Tx } from '../db.ts';

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

const include = {
  items: { orderBy: { position: 'asc' } },
  location: { select: { timeZone: true } },
} as const;

interface KeptTechnique {
  id: string;
  name: string;
  minutes: number;
  priceMinor: number;
}

/** The appointment as the commands know it; null where there is none. Within a transaction, `lock` first. */
export async function readAppointment(db: Db | Tx, id: string): Promise<AppointmentRow | null> {
  const row = await db.appointment.findUnique({ where: { id }, include });
  if (!row || !isAppointmentStatus(row.status)) return null;
  return {
    id: row.id,
    locationId: row.locationId,
    zone: row.location.timeZone,
    clientId: row.clientId,
    status: row.status,
    holderKey: row.holderKey,
    heldUntil: row.heldUntil,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    priceMinor: row.priceMinor,
    currency: row.currency,
    channel: row.channel,
    version: row.version,
    items: row.items.map((item) => ({
      serviceId: item.serviceId,
      serviceName: item.serviceName,
      specialistId: item.specialistId,
      startsAt: item.startsAt.getTime(),
      endsAt: item.endsAt.getTime(),
      minutes: item.minutes,
      bufferBeforeMinutes: item.bufferBeforeMinutes,
      bufferAfterMinutes: item.bufferAfterMinutes,
      priceMinor: item.priceMinor,
      techniques: item.techniques as unknown as KeptTechnique[],
    })),
  };
}

/** Locks the row until the end of the transaction: two changes of one appointment come one after the other. */
export async function lockAppointment(tx: Tx, id: string): Promise<AppointmentRow | null> {
  await tx.$queryRaw`SELECT 1 FROM appointment WHERE id = ${id}::uuid FOR UPDATE`;
  return readAppointment(tx, id);
}

export const subjectOf = (row: AppointmentRow): AppointmentSubject => ({
  clientId: row.clientId,
  specialistIds: row.items.map(({ specialistId }) => specialistId),
  holderKey: row.status === 'held' || row.status === 'expired' ? row.holderKey : null,
});

export const viewOfRow = (row: AppointmentRow): AppointmentView => ({
  appointmentId: row.id,
  status: row.status,
  locationId: row.locationId,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  heldUntil: row.heldUntil?.getTime() ?? null,
  priceMinor: row.priceMinor,
  currency: row.currency,
  version: row.version,
  items: row.items,
});
