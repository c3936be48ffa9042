/** The seeded clinic: fixed ids, the same people and hours everywhere, three weeks of visits around today. */
import { shippedRoles } from '../../domain/access/actor.ts';
import { addDays, localDateOf, startOfLocalDay, wallToInstant } from '../../domain/schedule.ts';
import { hashPassword } from '../access/passwords.ts';
import type { Db, Tx } from '../db.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedClients } from './clients.ts';
import { seedProducts } from './products.ts';
import { Book, daysAhead, layOutVisits, nextWeekday, type Occupied } from './days.ts';
import { dice, seedId } from './fixed.ts';
import { placeIdAt, seedPlaces, seedSpecialists, seedTeam, specialistIdAt } from './team.ts';
import { seedVisits } from './visits.ts';

const zone = 'Europe/Berlin';
const currency = 'EUR';
const locationId = seedId('location', 1);
const roleKeys = ['administrator', 'receptionist', 'specialist', 'client'] as const;

export const demoAccounts = [
  { number: 1, role: 'administrator', email: 'admin@dermis.test', name: 'Katharina Brandt', locale: 'en' },
  { number: 2, role: 'receptionist', email: 'reception@dermis.test', name: 'Lena Vogt', locale: 'en' },
  { number: 3, role: 'specialist', email: 'elena@dermis.test', name: 'Dr Elena Hoffmann', locale: 'en' },
  { number: 4, role: 'specialist', email: 'daria@dermis.test', name: 'Daria Sokolova', locale: 'ru' },
  { number: 5, role: 'client', email: 'anna@dermis.test', name: 'Anna Becker', locale: 'en' },
  { number: 6, role: 'client', email: 'marina@dermis.test', name: 'Марина Орлова', locale: 'ru' },
] as const;

async function seedHouse(tx: Tx): Promise<void> {
  await tx.clinic.create({
    data: { id: seedId('clinic', 1), name: 'Lindenhof Skin Clinic', currency, defaultLocale: 'en' },
  });
  await tx.location.create({
    data: {
      id: locationId,
      name: 'Lindenhof',
      timeZone: zone,
      address: 'Lindenstraße 12, 10969 Berlin',
      phone: '+493023125900',
    },
  });
}

async function seedAccounts(tx: Tx, passwordHash: string, now: Date): Promise<void> {
  await tx.role.createMany({
    data: roleKeys.map((key, index) => ({
      id: seedId('role', index + 1),
      key,
      name: `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      rights: [...shippedRoles[key]],
      isShipped: true,
    })),
  });
  await tx.account.createMany({
    data: demoAccounts.map(({ number, email, name, locale }) => ({
      id: seedId('account', number),
      email,
      name,
      locale,
      emailVerifiedAt: now,
      createdAt: now,
    })),
  });
  await tx.credential.createMany({
    data: demoAccounts.map(({ number }) => ({ accountId: seedId('account', number), passwordHash })),
  });
  await tx.accountRole.createMany({
    data: demoAccounts.map(({ number, role }) => ({
      accountId: seedId('account', number),
      roleId: seedId('role', roleKeys.indexOf(role) + 1),
    })),
  });
}

/** A holiday, a training afternoon, a device in repair and a day the house is closed; each claims its time. */
async function seedAbsences(tx: Tx, book: Book, today: string): Promise<(date: string) => boolean> {
  const monday = nextWeekday(addDays(today, 3), 1);
  const closedOn = nextWeekday(addDays(today, daysAhead - 4), 3);
  const days = (from: string, count: number) =>
    Array.from({ length: count }, (_, index) => addDays(from, index));
  const whole = (resourceId: string, date: string): Occupied => ({
    resourceId,
    startMs: startOfLocalDay(date, zone),
    endMs: startOfLocalDay(addDays(date, 1), zone),
  });
  const part = (resourceId: string, date: string, fromMinute: number, toMinute: number): Occupied => ({
    resourceId,
    startMs: wallToInstant(date, fromMinute, zone),
    endMs: wallToInstant(date, toMinute, zone),
  });
  const leaves = [
    {
      kind: 'holiday',
      note: 'Family holiday',
      stretches: days(monday, 5).map((date) => whole(specialistIdAt(3), date)),
    },
    {
      kind: 'training',
      note: 'Laser safety course',
      stretches: [part(specialistIdAt(4), nextWeekday(today, 5), 13 * 60 + 15, 17 * 60 + 30)],
    },
    {
      kind: 'repair',
      note: 'Yearly service of the pen',
      stretches: [part(placeIdAt(9), addDays(today, 2), 8 * 60, 12 * 60)],
    },
  ];
  let claimNumber = 500_000;
  for (const [index, { kind, note, stretches }] of leaves.entries()) {
    const first = stretches[0];
    const last = stretches.at(-1);
    if (!first || !last) continue;
    const id = seedId('leave', index + 1);
    await tx.leave.create({
      data: {
        id,
        resourceId: first.resourceId,
        startsAt: new Date(first.startMs),
        endsAt: new Date(last.endMs),
        kind,
        note,
      },
    });
    await claimAll(tx, book, stretches, { kind: 'leave', leaveId: id }, () => seedId('claim', claimNumber++));
  }
  const closureId = seedId('closure', 1);
  const closedDate = new Date(`${closedOn}T00:00:00Z`);
  await tx.closure.create({
    data: { id: closureId, locationId, dateFrom: closedDate, dateTo: closedDate, name: 'Team day' },
  });
  const everything = [
    ...seedSpecialists.map((_, index) => specialistIdAt(index)),
    ...seedPlaces.map((_, index) => placeIdAt(index)),
  ];
  const closed = everything
    .map((resourceId) => whole(resourceId, closedOn))
    .filter((claim) => book.isFree(claim));
  await claimAll(tx, book, closed, { kind: 'closure', closureId }, () => seedId('claim', claimNumber++));
  return (date) => date === closedOn;
}

async function claimAll(
  tx: Tx,
  book: Book,
  stretches: readonly Occupied[],
  owner: { kind: 'leave'; leaveId: string } | { kind: 'closure'; closureId: string },
  newId: () => string,
): Promise<void> {
  for (const stretch of stretches) book.take(stretch);
  await tx.claim.createMany({
    data: stretches.map(({ resourceId, startMs, endMs }) => ({
      id: newId(),
      resourceId,
      startsAt: new Date(startMs),
      endsAt: new Date(endMs),
      ...owner,
    })),
  });
}

/**
 * Fills an empty database with the demo clinic and returns whom it made; does nothing where a clinic exists already
 * (null). Everything goes in at once or not at all. `now` decides which three weeks are filled.
 */
export async function seedClinic(
  db: Db,
  input: { demoPassword: string; now: Date },
): Promise<readonly { role: string; email: string }[] | null> {
  if ((await db.clinic.count()) > 0) return null;
  const passwordHash = await hashPassword(input.demoPassword);
  const { now } = input;
  const random = dice(20_261_122);
  await db.$transaction(
    async (tx) => {
      await seedHouse(tx);
      await seedAccounts(tx, passwordHash, now);
      await seedCatalogue(tx);
      await seedProducts(tx, now, localDateOf(now.getTime(), zone));
      await seedTeam(tx, locationId);
      await seedClients(tx, random, now, [seedId('account', 5), seedId('account', 6)]);
      const book = new Book();
      const isClosed = await seedAbsences(tx, book, localDateOf(now.getTime(), zone));
      const visits = layOutVisits(book, random, now, zone, isClosed);
      await seedVisits(tx, visits, random, now, {
        locationId,
        zone,
        currency,
        receptionistId: seedId('account', 2),
      });
    },
    { timeout: 60_000 },
  );
  return demoAccounts.map(({ role, email }) => ({ role, email }));
}
