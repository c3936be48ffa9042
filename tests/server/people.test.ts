import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { create } from '../../src/server/booking/create.ts';
import { deleteLocation, saveClinic, saveLocation, savePolicy } from '../../src/server/clinic/commands.ts';
import { readSettings } from '../../src/server/clinic/queries.ts';
import { listResources, listSpecialists, readSpecialist } from '../../src/server/people/queries.ts';
import { deleteResource, saveResource } from '../../src/server/people/resources.ts';
import { deleteSpecialist, orderSpecialists, saveSpecialist } from '../../src/server/people/specialists.ts';
import { createStaff, resetPassword, updateStaff } from '../../src/server/people/staff.ts';
import { house } from '../support/house.ts';
import { administration, issue, refusalOf, valueOf } from '../support/administration.ts';
import { by } from '../support/by.ts';

const stage = administration();
const { admin, adminAccount, actorWith, clock, roleIds } = stage;
const personOf = async (specialistId: string) =>
  valueOf(await readSpecialist(stage.deps().db, { specialistId }));
const room = (changes: object = {}) => ({
  locationId: house.berlin,
  kind: 'room' as const,
  type: 'treatment room',
  name: 'Room 3',
  isActive: true,
  ...changes,
});

/** A visit of Anna's in a room tomorrow. */
async function bookAnna(): Promise<void> {
  const clientId = randomUUID();
  const now = clock.now();
  await stage
    .deps()
    .db.client.create({ data: { id: clientId, firstName: 'Ida', createdAt: now, updatedAt: now } });
  valueOf(
    await by(create, stage.deps(), admin, {
      locationId: house.berlin,
      items: [{ serviceId: house.facial, techniqueIds: [house.technique.deep], specialistId: house.anna }],
      startsAt: Date.parse('2026-06-04T10:00+02:00'),
      clientId,
      idempotencyKey: randomUUID(),
    }),
  );
}

describe('specialists', () => {
  test('what was saved is what is read', async () => {
    const { specialist } = await personOf(house.anna);
    const person = {
      ...specialist,
      name: 'Dr Anna Weiss',
      bio: 'Skin.',
      maxPerDay: 8,
      accountId: adminAccount,
      hue: 7,
    };
    const { specialistId } = valueOf(
      await by(saveSpecialist, stage.deps(), admin, {
        specialistId: null,
        version: null,
        specialist: person,
      }),
    );
    expect((await personOf(specialistId)).specialist).toEqual(person);
    expect((await listSpecialists(stage.deps().db)).map(({ name }) => name)).toEqual([
      'Anna Weiss',
      'Boris Kern',
      'Dr Anna Weiss',
    ]);
    valueOf(
      await by(orderSpecialists, stage.deps(), admin, {
        specialistIds: [specialistId, house.boris, house.anna],
      }),
    );
    expect((await listSpecialists(stage.deps().db))[0]?.id).toBe(specialistId);
    const again = {
      specialistId: house.anna,
      version: 1,
      specialist: { ...specialist, accountId: adminAccount },
    };
    expect(refusalOf(await by(saveSpecialist, stage.deps(), admin, again))).toEqual(
      issue('specialist.accountId', 'taken'),
    );
    valueOf(await by(deleteSpecialist, stage.deps(), admin, { specialistId }));
  });

  test('own terms must leave every visit some time and no negative price', async () => {
    const { specialist } = await personOf(house.anna);
    const offer = (changes: object) => ({
      specialistId: house.anna,
      version: 1,
      specialist: {
        ...specialist,
        services: [{ serviceId: house.facial, minutes: null, priceMinor: null, ...changes }],
      },
    });
    expect(refusalOf(await by(saveSpecialist, stage.deps(), admin, offer({ minutes: 10 })))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'specialist.services.0.minutes', code: 'total_too_short' }],
    });
    expect(refusalOf(await by(saveSpecialist, stage.deps(), admin, offer({ priceMinor: 100 })))).toEqual(
      issue('specialist.services.0.priceMinor', 'total_price_negative'),
    );
    expect(
      refusalOf(await by(saveSpecialist, stage.deps(), admin, offer({ serviceId: house.anna }))),
    ).toEqual(issue('specialist.services.0.serviceId', 'unknown'));
    valueOf(await by(saveSpecialist, stage.deps(), admin, offer({ minutes: 20 })));
  });

  test('with visits ahead they are neither removed nor switched off', async () => {
    await bookAnna();
    const { specialist } = await personOf(house.anna);
    const off = { specialistId: house.anna, version: 1, specialist: { ...specialist, isActive: false } };
    expect(refusalOf(await by(saveSpecialist, stage.deps(), admin, off))).toMatchObject({
      code: 'visits_in_the_way',
      total: 1,
    });
    expect(
      refusalOf(await by(deleteSpecialist, stage.deps(), admin, { specialistId: house.anna }))?.code,
    ).toBe('in_use');
    valueOf(await by(deleteSpecialist, stage.deps(), admin, { specialistId: house.boris }));
    expect(await stage.deps().db.schedule.count({ where: { resourceId: house.boris } })).toBe(0);
  });
});

describe('rooms and devices', () => {
  test('one name once at a place; in use they stay', async () => {
    await bookAnna();
    expect(
      refusalOf(
        await by(saveResource, stage.deps(), admin, {
          resourceId: null,
          version: null,
          resource: room({ name: 'room 1' }),
        }),
      ),
    ).toEqual(issue('resource.name', 'taken'));
    valueOf(
      await by(saveResource, stage.deps(), admin, {
        resourceId: null,
        version: null,
        resource: room({ name: 'Room 1', locationId: house.lisbon }),
      }),
    );
    const used = await stage.deps().db.claim.findFirstOrThrow({ where: { resource: { kind: 'room' } } });
    const off = {
      resourceId: used.resourceId,
      version: 1,
      resource: room({ name: 'Room 1', isActive: false }),
    };
    expect(refusalOf(await by(saveResource, stage.deps(), admin, off))?.code).toBe('visits_in_the_way');
    expect(refusalOf(await by(deleteResource, stage.deps(), admin, used))?.code).toBe('in_use');
    valueOf(await by(deleteResource, stage.deps(), admin, { resourceId: house.device }));
    expect((await listResources(stage.deps().db)).wantedTypes).toEqual([
      { kind: 'device', type: 'diode laser' },
    ]);
    expect(refusalOf(await by(deleteResource, stage.deps(), admin, { resourceId: house.anna }))?.code).toBe(
      'not_found',
    );
  });
});

describe('clinic, policy, locations', () => {
  const location = (changes: object = {}) => ({
    name: 'Alfama',
    timeZone: 'Europe/Lisbon',
    address: null,
    phone: null,
    isActive: true,
    ...changes,
  });

  test('settings are kept; the currency is not changed under booked prices', async () => {
    const clinic = { name: 'Linden', currency: 'JPY', defaultLocale: 'ru' as const, accentColor: '#0f766e' };
    valueOf(await by(saveClinic, stage.deps(), admin, { version: 1, clinic }));
    await bookAnna();
    expect(
      refusalOf(
        await by(saveClinic, stage.deps(), admin, { version: 2, clinic: { ...clinic, currency: 'EUR' } }),
      ),
    ).toEqual(issue('clinic.currency', 'currency_in_use'));
    const { clinic: found } = valueOf(await readSettings(stage.deps().db));
    expect(found).toMatchObject(clinic);
    const policy = {
      ...found.policy,
      slotStepMinutes: 30,
      sameDayCutoffMinute: 900,
      anySpecialistRule: 'rank' as const,
    };
    valueOf(await by(savePolicy, stage.deps(), admin, { version: 1, policy }));
    expect(valueOf(await readSettings(stage.deps().db)).clinic.policy).toEqual(policy);
  });

  test('locations: unique names, a zone that stays under visits, always one open', async () => {
    const { locationId } = valueOf(
      await by(saveLocation, stage.deps(), admin, { locationId: null, version: null, location: location() }),
    );
    expect(
      refusalOf(
        await by(saveLocation, stage.deps(), admin, {
          locationId: null,
          version: null,
          location: location(),
        }),
      ),
    ).toEqual(issue('location.name', 'taken'));
    valueOf(
      await by(saveLocation, stage.deps(), admin, {
        locationId,
        version: 1,
        location: location({ timeZone: 'Asia/Kathmandu' }),
      }),
    );
    valueOf(await by(deleteLocation, stage.deps(), admin, { locationId }));
    await bookAnna();
    const berlin = { locationId: house.berlin, version: 1, location: location({ name: 'Mitte' }) };
    expect(refusalOf(await by(saveLocation, stage.deps(), admin, berlin))).toMatchObject({
      issues: [{ path: 'location.timeZone', code: 'time_zone_in_use' }],
    });
    const off = {
      locationId: house.berlin,
      version: 1,
      location: location({ name: 'Mitte', timeZone: 'Europe/Berlin', isActive: false }),
    };
    expect(refusalOf(await by(saveLocation, stage.deps(), admin, off))).toMatchObject({
      issues: [{ path: 'location.isActive', code: 'visits_ahead' }],
    });
    expect(refusalOf(await by(deleteLocation, stage.deps(), admin, { locationId: house.berlin }))?.code).toBe(
      'in_use',
    );
    valueOf(await by(deleteLocation, stage.deps(), admin, { locationId: house.lisbon }));
    expect(refusalOf(await by(saveLocation, stage.deps(), admin, off))).toEqual(
      issue('location.isActive', 'last_location'),
    );
  });
});

const newcomer = {
  name: 'Rosa',
  email: 'rosa@example.com',
  roleIds: [roleIds.receptionist],
  password: 'correct horse battery',
};

test.each(['receptionist', 'specialist', 'client'] as const)('a %s changes none of it', async (role) => {
  const actor = actorWith(role);
  const { specialist } = await personOf(house.anna);
  const { clinic } = valueOf(await readSettings(stage.deps().db));
  if (!clinic) throw new Error('the clinic is set up');
  for (const result of [
    await by(saveSpecialist, stage.deps(), actor, { specialistId: house.anna, version: 1, specialist }),
    await by(deleteSpecialist, stage.deps(), actor, { specialistId: house.anna }),
    await by(orderSpecialists, stage.deps(), actor, { specialistIds: [] }),
    await by(saveResource, stage.deps(), actor, { resourceId: null, version: null, resource: room() }),
    await by(deleteResource, stage.deps(), actor, { resourceId: house.room1 }),
    await by(createStaff, stage.deps(), actor, newcomer),
    await by(updateStaff, stage.deps(), actor, {
      accountId: adminAccount,
      version: 1,
      name: 'X',
      roleIds: [roleIds.client],
      isBlocked: true,
    }),
    await by(resetPassword, stage.deps(), actor, {
      accountId: adminAccount,
      password: 'x'.repeat(12),
      withFactor: true,
    }),
    await by(saveClinic, stage.deps(), actor, {
      version: 1,
      clinic: { name: 'X', currency: 'EUR', defaultLocale: 'en', accentColor: null },
    }),
    await by(savePolicy, stage.deps(), actor, { version: 1, policy: clinic.policy }),
    await by(deleteLocation, stage.deps(), actor, { locationId: house.lisbon }),
  ])
    expect(refusalOf(result)).toEqual({ code: 'forbidden' });
});
