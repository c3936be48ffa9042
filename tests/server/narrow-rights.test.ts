/** Who may change a part of the house without seeing its visits is still told that they are there, and no more of them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Right } from '../../src/domain/access/actor.ts';
import { clientScope } from '../../src/domain/access/client.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { create } from '../../src/server/booking/create.ts';
import { readCalendar } from '../../src/server/booking/queries.ts';
import { deleteService } from '../../src/server/catalogue/commands.ts';
import { deleteLocation, saveClinic, saveLocation } from '../../src/server/clinic/commands.ts';
import { readSettings } from '../../src/server/clinic/queries.ts';
import { readSpecialist } from '../../src/server/people/queries.ts';
import { saveResource } from '../../src/server/people/resources.ts';
import { deleteSpecialist, saveSpecialist } from '../../src/server/people/specialists.ts';
import { saveSchedule } from '../../src/server/schedules/commands.ts';
import { createClosure, createLeave } from '../../src/server/schedules/leave.ts';
import { readResourceHours } from '../../src/server/schedules/queries.ts';
import { actingAs } from '../../src/server/db.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { type Bench, makeCard, openBench, staff } from '../support/people.ts';

const database = fileDatabase();
let bench: Bench;
const date = '2026-06-10';
const only = (right: Right) => ({ ...staff('specialist'), rights: new Set([right]) });

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db);
  const clientId = await makeCard(bench.db, { firstName: 'Ida', lastName: 'Lund' });
  const booked = await by(create, bench.deps, staff('administrator'), {
    locationId: house.berlin,
    items: [{ serviceId: house.facial, techniqueIds: [house.technique.deep], specialistId: house.boris }],
    startsAt: Date.parse(`${date}T10:00+02:00`),
    clientId,
    idempotencyKey: randomUUID(),
  });
  expect(booked).toMatchObject({ ok: true });
});
afterAll(() => bench.stop());

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
/** The one visit that is in the way, without whose it is. */
const oneNameless = {
  refusal: { code: 'visits_in_the_way', total: 1, visits: [{ clientName: '' }] },
};

test('a leave over a booked time', async () => {
  const hours = only('hours.edit');
  const leave = {
    kind: 'sick',
    dateFrom: date,
    dateTo: date,
    startMinute: null,
    endMinute: null,
    note: null,
  } as const;
  expect(await by(createLeave, bench.deps, hours, { resourceId: house.boris, ...leave })).toMatchObject(
    oneNameless,
  );
});

test('a day closed', async () => {
  const closed = { locationId: house.berlin, dateFrom: date, dateTo: date, name: 'Moving' };
  expect(await by(createClosure, bench.deps, only('hours.edit'), closed)).toMatchObject(oneNameless);
});

test('hours that leave a visit out show its time, not whose or what it is', async () => {
  const hours = only('hours.edit');
  const { id: scheduleId, version } = await bench.db.schedule.findFirstOrThrow({
    where: { resourceId: house.boris },
  });
  const changed = await by(saveSchedule, bench.deps, hours, {
    scheduleId,
    version,
    resourceId: house.boris,
    locationId: house.berlin,
    validFrom: null,
    validUntil: null,
    weekly: [{ weekday: 3, startMinute: 14 * 60, endMinute: 18 * 60, breaks: [] }],
  });
  const startsAt = Date.parse(`${date}T10:00+02:00`);
  expect(valueOf(changed).outside).toMatchObject([{ startsAt, clientName: '', serviceName: '' }]);
  const read = async (actor: ReturnType<typeof only>) => {
    const db = actingAs(bench.db, actor);
    return valueOf(
      await readResourceHours(db, clientScope(actor), { resourceId: house.boris }, bench.clock.now()),
    );
  };
  expect((await read(hours)).outside).toHaveLength(1);
  expect((await read(only('catalogue.edit'))).outside).toEqual([]);
});

test('a person or a room with visits ahead switched off or removed', async () => {
  const people = only('people.edit');
  const { version, specialist } = valueOf(await readSpecialist(bench.db, { specialistId: house.boris }));
  const off = { ...specialist, isActive: false };
  expect(
    await by(saveSpecialist, bench.deps, people, { specialistId: house.boris, version, specialist: off }),
  ).toMatchObject(oneNameless);
  expect(await by(deleteSpecialist, bench.deps, people, { specialistId: house.boris })).toMatchObject({
    refusal: { code: 'in_use', noun: 'specialist' },
  });
  const [claim] = await bench.db.claim.findMany({
    where: { resource: { kind: 'room' } },
    include: { resource: true },
  });
  if (!claim) throw new Error('the visit has no room');
  const { id: resourceId, version: ofRoom, type, name } = claim.resource;
  const resource = { locationId: house.berlin, kind: 'room' as const, type, name, isActive: false };
  expect(await by(saveResource, bench.deps, people, { resourceId, version: ofRoom, resource })).toMatchObject(
    oneNameless,
  );
});

test('a booked service removed', async () => {
  expect(
    await by(deleteService, bench.deps, only('catalogue.edit'), { serviceId: house.facial }),
  ).toMatchObject({
    refusal: { code: 'in_use', noun: 'service', count: 1 },
  });
});

test('a location with visits moved to another zone, closed or removed, and another currency', async () => {
  const settings = only('settings.edit');
  const { clinic, locations } = valueOf(await readSettings(bench.db));
  const berlin = locations.find(({ id }) => id === house.berlin);
  if (!berlin) throw new Error('no location');
  const { id: locationId, version, name, timeZone, address, phone, isActive } = berlin;
  const location = { name, timeZone, address, phone, isActive };
  const save = (change: Partial<typeof location>) =>
    by(saveLocation, bench.deps, settings, { locationId, version, location: { ...location, ...change } });
  expect(await save({ timeZone: 'Asia/Tokyo' })).toMatchObject({
    refusal: { issues: [{ path: 'location.timeZone', code: 'time_zone_in_use' }] },
  });
  await bench.db.location.updateMany({ where: { id: { not: locationId } }, data: { isActive: true } });
  expect(await save({ isActive: false })).toMatchObject({
    refusal: { issues: [{ path: 'location.isActive', code: 'visits_ahead' }] },
  });
  expect(await by(deleteLocation, bench.deps, settings, { locationId })).toMatchObject({
    refusal: { code: 'in_use', noun: 'location' },
  });
  const { version: ofClinic, name: clinicName, accentColor } = clinic;
  const fields = { name: clinicName, accentColor, defaultLocale: 'en' as const };
  expect(
    await by(saveClinic, bench.deps, settings, { version: ofClinic, clinic: { ...fields, currency: 'JPY' } }),
  ).toMatchObject({ refusal: { issues: [{ path: 'clinic.currency', code: 'currency_in_use' }] } });
});

test('access tags and accounts are linked by those alone who see every card', async () => {
  const people = only('people.edit');
  const { version, specialist } = valueOf(await readSpecialist(bench.db, { specialistId: house.boris }));
  const tag = { id: randomUUID(), name: 'Laser course', isAccess: true };
  await bench.db.tag.create({ data: tag });
  const save = (actor: typeof people | ReturnType<typeof staff>, change: Partial<typeof specialist>) =>
    by(saveSpecialist, bench.deps, actor, {
      specialistId: house.boris,
      version,
      specialist: { ...specialist, ...change },
    });
  expect(await save(people, { tagIds: [tag.id] })).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await save(people, { accountId: people.accountId })).toMatchObject({
    refusal: { code: 'forbidden' },
  });
  const fresh = { ...specialist, accountId: null, tagIds: [tag.id] };
  expect(
    await by(saveSpecialist, bench.deps, people, { specialistId: null, version: null, specialist: fresh }),
  ).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await save(people, { bio: 'Skin.' })).toMatchObject({ ok: true });
  const now = valueOf(await readSpecialist(bench.db, { specialistId: house.boris }));
  const given = { ...now.specialist, tagIds: [tag.id] };
  expect(
    await by(saveSpecialist, bench.deps, staff('administrator'), {
      specialistId: house.boris,
      version: now.version,
      specialist: given,
    }),
  ).toMatchObject({ ok: true });
});

test('in others’ columns time is taken, not by what', async () => {
  const anna = { ...staff('specialist', house.anna), rights: new Set<Right>() };
  const view = await readCalendar(actingAs(bench.db, anna), anna, {
    locationId: house.berlin,
    fromDate: date,
    days: 1,
    now: bench.clock.now(),
  });
  expect(view?.visits).toMatchObject([{ client: null, items: [{ serviceId: '', serviceName: '', hue: 1 }] }]);
  expect(JSON.stringify(view?.visits)).not.toContain(house.facial);
});
