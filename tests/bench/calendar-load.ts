/** A full house for the calendar: thirty specialists, three hundred visits on one day, seventy of one specialist in a week. */
import { randomUUID } from 'node:crypto';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { addDays, wallToInstant, weekdayOf } from '../../src/domain/zone.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { createDb } from '../../src/server/db.ts';
import { makeAccount, makeRoles, origin } from '../support/people.ts';

export const zone = 'Europe/Berlin';
const specialists = 30;
const perDay = 10;
const minutes = 45;
const hues = 10;

export interface FullHouse {
  /** A Wednesday ahead, full for everybody. */
  date: string;
  /** Whose whole week is full. */
  specialistId: string;
  cookie: { name: string; value: string };
}

/** Fills an empty database; the answer is what a page needs to be looked at. */
export async function fillHouse(databaseUrl: string): Promise<FullHouse> {
  const db = createDb(databaseUrl, 2);
  try {
    const now = new Date();
    const soon = addDays(now.toISOString().slice(0, 10), 7);
    const monday = addDays(soon, 1 - weekdayOf(soon));
    const date = addDays(monday, 2);
    const locationId = randomUUID();
    const categoryId = randomUUID();
    await db.clinic.create({ data: { id: randomUUID(), name: 'Full house', currency: 'EUR' } });
    await db.location.create({ data: { id: locationId, name: 'Full house', timeZone: zone } });
    await db.serviceCategory.create({ data: { id: categoryId, name: 'Face' } });
    const services = Array.from({ length: hues }, (_, index) => ({
      id: randomUUID(),
      categoryId,
      name: `Treatment number ${index + 1}`,
      baseMinutes: minutes,
      priceMinor: 9_000,
      bufferAfterMinutes: 10,
      hue: index + 1,
    }));
    await db.service.createMany({ data: services });
    const clients = Array.from({ length: 100 }, (_, index) => ({
      id: randomUUID(),
      firstName: `Wilhelmina${index}`,
      lastName: 'von Hohenlohe-Langenburg',
      createdAt: now,
      updatedAt: now,
    }));
    await db.client.createMany({ data: clients });
    const team = Array.from({ length: specialists }, () => randomUUID());
    await db.resource.createMany({
      data: team.map((id, index) => ({
        id,
        locationId,
        kind: 'specialist',
        type: 'specialist',
        name: `Dr Alexandra Number${index + 1}`,
        rank: index,
      })),
    });
    await db.specialist.createMany({ data: team.map((id, index) => ({ id, hue: (index % hues) + 1 })) });
    await db.specialistService.createMany({
      data: team.flatMap((specialistId) => services.map(({ id }) => ({ specialistId, serviceId: id }))),
    });
    const schedules = team.map((resourceId) => ({ id: randomUUID(), resourceId, locationId }));
    await db.schedule.createMany({ data: schedules });
    await db.weeklyInterval.createMany({
      data: schedules.flatMap(({ id: scheduleId }) =>
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          id: randomUUID(),
          scheduleId,
          weekday,
          startMinute: 480,
          endMinute: 1200,
          breaks: [{ startMinute: 1080, endMinute: 1110 }],
        })),
      ),
    });
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(monday, day));
    const visits = team.flatMap((specialistId, person) =>
      (person === 0 ? days : [date]).flatMap((day) =>
        Array.from({ length: perDay }, (_, slot) => {
          const startsAt = wallToInstant(day, 480 + slot * 60, zone);
          const service = services[(person + slot) % services.length];
          const client = clients[(person * perDay + slot) % clients.length];
          if (!service || !client) throw new Error('nothing to book');
          return { id: randomUUID(), day, specialistId, service, clientId: client.id, startsAt };
        }),
      ),
    );
    const statuses = ['booked', 'confirmed', 'pending', 'booked'] as const;
    await db.appointment.createMany({
      data: visits.map(({ id, clientId, day, startsAt }, index) => ({
        id,
        locationId,
        clientId,
        status: statuses[index % statuses.length] ?? 'booked',
        startsAt: new Date(startsAt),
        endsAt: new Date(startsAt + minutes * 60_000),
        serviceDate: new Date(day),
        priceMinor: 9_000,
        currency: 'EUR',
        channel: 'staff',
        createdAt: now,
        updatedAt: now,
      })),
    });
    await db.appointmentItem.createMany({
      data: visits.map(({ id, specialistId, service, startsAt }) => ({
        id: randomUUID(),
        appointmentId: id,
        position: 0,
        serviceId: service.id,
        serviceName: service.name,
        specialistId,
        startsAt: new Date(startsAt),
        endsAt: new Date(startsAt + minutes * 60_000),
        minutes,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 10,
        priceMinor: 9_000,
      })),
    });
    await db.claim.createMany({
      data: visits.map(({ id, specialistId, startsAt }) => ({
        id: randomUUID(),
        resourceId: specialistId,
        startsAt: new Date(startsAt),
        endsAt: new Date(startsAt + (minutes + 10) * 60_000),
        kind: 'appointment',
        appointmentId: id,
      })),
    });
    await makeRoles(db);
    const accountId = await makeAccount(db, {
      role: 'administrator',
      email: 'desk@bench.test',
      name: 'Desk',
    });
    const value = await db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now, origin }),
    );
    return {
      date,
      specialistId: team[0] ?? '',
      cookie: { name: sessionCookieName('http://127.0.0.1'), value },
    };
  } finally {
    await db.$disconnect();
  }
}
