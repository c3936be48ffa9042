/** Cards and visits with a canary in each of their fields, written as rows. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../../src/server/db.ts';
import type { Canaries } from './canaries.ts';

export interface Ground {
  db: Db;
  canaries: Canaries;
  locationId: string;
  serviceId: string;
  now: Date;
}

export interface PlantedVisit {
  appointmentId: string;
  visitId: string | null;
  status: string;
  specialistId: string;
}

/** One visit of an hour. What is past or under way has its record of the chair, too. */
export async function plantVisit(
  { db, canaries, locationId, serviceId, now }: Ground,
  visit: {
    of: string;
    clientId: string;
    performer: string;
    specialistId: string;
    startsAt: string;
    status: string;
  },
): Promise<PlantedVisit> {
  const { of, performer, status } = visit;
  const startsAt = new Date(visit.startsAt);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const priceMinor = canaries.amount({ kind: 'money', of, performer });
  const told = { kind: 'visitNote', of, performer } as const;
  const id = randomUUID();
  const claiming = ['pending', 'booked', 'confirmed', 'arrived', 'fulfilled'].includes(status);
  await db.appointment.create({
    data: {
      id,
      locationId,
      clientId: visit.clientId,
      status,
      startsAt,
      endsAt,
      serviceDate: new Date(visit.startsAt.slice(0, 10)),
      priceMinor,
      currency: 'EUR',
      channel: 'staff',
      note: `note ${canaries.word(told)}`,
      cancelReason: `because ${canaries.word(told)}`,
      createdAt: now,
      updatedAt: now,
      items: {
        create: {
          id: randomUUID(),
          position: 0,
          serviceId,
          serviceName: 'Facial',
          specialistId: visit.specialistId,
          startsAt,
          endsAt,
          minutes: 60,
          bufferBeforeMinutes: 0,
          bufferAfterMinutes: 0,
          priceMinor: canaries.amount({ kind: 'money', of, performer }),
          techniques: [
            {
              id: randomUUID(),
              name: 'Deep',
              minutes: 0,
              priceMinor: canaries.amount({ kind: 'money', of, performer }),
            },
          ],
        },
      },
      changes: {
        create: {
          toStatus: status,
          actorKind: 'staff',
          reason: `moved ${canaries.word(told)}`,
          at: now,
        },
      },
      ...(claiming
        ? {
            claims: {
              create: {
                id: randomUUID(),
                resourceId: visit.specialistId,
                startsAt,
                endsAt,
                kind: 'appointment',
              },
            },
          }
        : {}),
    },
  });
  const chair = { fulfilled: 'completed', arrived: 'in_progress' }[status];
  if (!chair) return { appointmentId: id, visitId: null, status, specialistId: visit.specialistId };
  const { id: visitId } = await db.visit.create({
    data: {
      id: randomUUID(),
      appointmentId: id,
      clientId: visit.clientId,
      specialistId: visit.specialistId,
      status: chair,
      startedAt: startsAt,
      serviceDate: new Date(visit.startsAt.slice(0, 10)),
      createdAt: now,
    },
  });
  return { appointmentId: id, visitId, status, specialistId: visit.specialistId };
}

/** A start that somebody keeps for ten minutes; it is nobody's visit yet. */
export async function plantHold(
  { db, locationId, serviceId, now }: Ground,
  hold: { holder: string; specialistId: string; startsAt: string },
): Promise<PlantedVisit> {
  const { holder, specialistId } = hold;
  const startsAt = new Date(hold.startsAt);
  const time = { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
  const heldUntil = new Date(now.getTime() + 600_000);
  const id = randomUUID();
  await db.appointment.create({
    data: {
      ...time,
      id,
      locationId,
      status: 'held',
      holderKey: holder,
      heldUntil,
      serviceDate: new Date(hold.startsAt.slice(0, 10)),
      priceMinor: 10_000,
      currency: 'EUR',
      channel: 'portal',
      createdAt: now,
      updatedAt: now,
      items: {
        create: {
          ...time,
          id: randomUUID(),
          position: 0,
          serviceId,
          serviceName: 'Facial',
          specialistId,
          minutes: 60,
          bufferBeforeMinutes: 0,
          bufferAfterMinutes: 0,
          priceMinor: 10_000,
        },
      },
      claims: { create: { ...time, id: randomUUID(), resourceId: specialistId, kind: 'hold', heldUntil } },
    },
  });
  return { appointmentId: id, visitId: null, status: 'held', specialistId };
}

/** A card with everything that may be kept about somebody; the account, where there is one, has its own canaries. */
export async function plantCard(
  { db, canaries, now }: Ground,
  of: string,
  accountId: string | null,
): Promise<{ clientId: string; messageIds: string[]; entryId: string; phone: string }> {
  const name = () => canaries.word({ kind: 'name', of });
  const contact = () => canaries.word({ kind: 'contact', of });
  const phone = canaries.phone({ kind: 'contact', of });
  const { id: clientId } = await db.client.create({
    data: {
      id: randomUUID(),
      firstName: name(),
      lastName: name(),
      email: `${contact()}@post.example`,
      phone,
      note: `told us ${canaries.word({ kind: 'cardNote', of })}`,
      accountId,
      createdAt: now,
      updatedAt: now,
    },
  });
  const messageIds: string[] = [];
  for (const status of ['failed', 'sent', 'due']) {
    const text = () => canaries.word({ kind: 'message', of });
    const { id } = await db.message.create({
      data: {
        id: randomUUID(),
        sendKey: randomUUID(),
        channel: 'email',
        kind: 'booked',
        recipient: `${contact()}@post.example`,
        locale: 'en',
        subject: `Your visit ${text()}`,
        bodyText: `Dear ${text()}`,
        bodyHtml: `<p>Dear ${text()}</p>`,
        calendarFile: `BEGIN:VCALENDAR\r\nSUMMARY:${text()}\r\nEND:VCALENDAR`,
        clientId,
        status,
        statusReason: status === 'failed' ? '550 no such mailbox' : null,
        createdAt: now,
      },
    });
    messageIds.push(id);
  }
  const amount = canaries.amount({ kind: 'money', of });
  const { id: entryId } = await db.historyEntry.create({
    data: {
      id: randomUUID(),
      sourceKey: randomUUID(),
      kind: 'receipt_line',
      clientId,
      serviceDate: new Date('2024-05-06'),
      receiptNumber: `R ${canaries.word({ kind: 'history', of })}`,
      description: `bought ${canaries.word({ kind: 'history', of })}`,
      amount: (amount / 100).toFixed(2),
      raw: { row: canaries.word({ kind: 'secret', of }) },
    },
  });
  return { clientId, messageIds, entryId, phone };
}
