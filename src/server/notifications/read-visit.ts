/** The visit a message is about, as it stands now: with its names, its place and its client's address and language. */
import { type AppointmentStatus, isAppointmentStatus } from '../../domain/appointment.ts';
import { fullName } from '../../domain/contact.ts';
import type { Db, Tx } from '../db.ts';
import type { ToldVisit } from './visit-letter.ts';

export interface VisitToTell extends ToldVisit {
  status: AppointmentStatus;
  clientId: string;
  locationId: string;
  /** The client's own wish, else the clinic's. */
  locale: string | null;
}

const namesOf = (techniques: unknown): string[] =>
  Array.isArray(techniques)
    ? techniques.flatMap((each: unknown) =>
        typeof each === 'object' && each !== null && 'name' in each && typeof each.name === 'string'
          ? [each.name]
          : [],
      )
    : [];

/** Null where there is no such visit, or nobody to tell of it. */
export async function readVisitToTell(db: Db | Tx, appointmentId: string): Promise<VisitToTell | null> {
  const row = await db.appointment.findUnique({
    where: { id: appointmentId },
    include: {
      location: true,
      client: { include: { account: { select: { email: true, emailVerifiedAt: true, locale: true } } } },
      items: {
        orderBy: { position: 'asc' },
        include: { specialist: { include: { resource: { select: { name: true } } } } },
      },
    },
  });
  if (!row?.client || !isAppointmentStatus(row.status)) return null;
  const { client, location } = row;
  const clinic = await db.clinic.findFirstOrThrow({ select: { name: true, defaultLocale: true } });
  const invited = await db.message.count({
    where: { appointmentId, calendarFile: { not: null }, status: { in: ['sent', 'kept', 'due'] } },
  });
  return {
    appointmentId,
    version: row.version,
    status: row.status,
    clientId: client.id,
    locationId: location.id,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    zone: location.timeZone,
    priceMinor: row.priceMinor,
    currency: row.currency,
    services: row.items.map((item) => ({
      name: item.serviceName,
      techniques: namesOf(item.techniques),
      specialist: item.specialist.resource.name,
    })),
    client: {
      firstName: client.firstName,
      fullName: fullName(client),
      // What its owner has proven is worth more than what somebody wrote on the card.
      email: client.account?.emailVerifiedAt ? client.account.email : client.email,
    },
    clinic: clinic.name,
    location: { name: location.name, address: location.address, phone: location.phone },
    invited: invited > 0,
    locale: client.account?.locale ?? client.locale ?? clinic.defaultLocale,
  };
}
