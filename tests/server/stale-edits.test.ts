/** Two people open the same record; the second to save is refused by name, and nothing of theirs is written. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientScope } from '../../src/domain/access/client.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { saveCategory } from '../../src/server/catalogue/commands.ts';
import { listCatalogue, readService } from '../../src/server/catalogue/queries.ts';
import { saveService } from '../../src/server/catalogue/save-service.ts';
import { saveClinic, saveLocation, savePolicy } from '../../src/server/clinic/commands.ts';
import { readSettings } from '../../src/server/clinic/queries.ts';
import { listResources, listStaff, readSpecialist } from '../../src/server/people/queries.ts';
import { saveResource } from '../../src/server/people/resources.ts';
import { orderSpecialists, saveSpecialist } from '../../src/server/people/specialists.ts';
import { updateStaff } from '../../src/server/people/staff.ts';
import { changeClosure, changeLeave } from '../../src/server/schedules/change-absence.ts';
import { deleteException, saveException, saveSchedule } from '../../src/server/schedules/commands.ts';
import { createClosure, createLeave, deleteClosure, deleteLeave } from '../../src/server/schedules/leave.ts';
import { listClosures, readResourceHours } from '../../src/server/schedules/queries.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import { type Bench, makeAccount, makeRoles, openBench, staff } from '../support/people.ts';
import { by } from '../support/by.ts';

const database = fileDatabase();
let bench: Bench;
beforeAll(async () => {
  bench = await openBench(database());
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db);
});

const admin = staff('administrator');
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
const day = { dateFrom: '2026-06-10', dateTo: '2026-06-11' };
const hours = async () =>
  valueOf(
    await readResourceHours(bench.db, clientScope(admin), { resourceId: house.boris }, bench.clock.now()),
  );
const settings = async () => valueOf(await readSettings(bench.db));
const first = <T>(rows: readonly T[]): T => {
  const [row] = rows;
  if (row === undefined) throw new Error('nothing there');
  return row;
};

/** What one person does to a record: reads it, then saves it under a name of their own. */
interface Noun {
  /** Made first, where the clinic has none. */
  make?: () => Promise<unknown>;
  read: () => Promise<{ version: number; name: string | null }>;
  save: (read: { version: number }, name: string) => Promise<Result<unknown>>;
}

const nouns = {
  service: {
    read: async () => {
      const { version, service } = valueOf(await readService(bench.db, { serviceId: house.peel }));
      return { version, name: service.name };
    },
    save: async ({ version }, name) => {
      const { service } = valueOf(await readService(bench.db, { serviceId: house.peel }));
      return by(saveService, bench.deps, admin, {
        serviceId: house.peel,
        version,
        service: { ...service, name },
      });
    },
  },
  category: {
    read: async () => first((await listCatalogue(bench.db)).categories),
    save: ({ version }, name) =>
      by(saveCategory, bench.deps, admin, { categoryId: house.category, version, name }),
  },
  specialist: {
    read: async () => {
      const person = valueOf(await readSpecialist(bench.db, { specialistId: house.anna }));
      return { version: person.version, name: person.specialist.name };
    },
    save: async ({ version }, name) => {
      const { specialist } = valueOf(await readSpecialist(bench.db, { specialistId: house.anna }));
      return by(saveSpecialist, bench.deps, admin, {
        specialistId: house.anna,
        version,
        specialist: { ...specialist, name, services: [] },
      });
    },
  },
  resource: {
    read: async () => first((await listResources(bench.db)).resources.filter(({ id }) => id === house.room1)),
    save: ({ version }, name) =>
      by(saveResource, bench.deps, admin, {
        resourceId: house.room1,
        version,
        resource: { locationId: house.berlin, kind: 'room', type: 'treatment room', name, isActive: true },
      }),
  },
  account: {
    make: async () => {
      await makeRoles(bench.db);
      await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator' });
      await makeAccount(bench.db, { email: 'rosa@example.com', role: 'receptionist', name: 'Rosa' });
    },
    read: async () => {
      const { accounts } = await listStaff(bench.db, admin);
      return first(accounts.filter(({ email }) => email === 'rosa@example.com'));
    },
    save: async ({ version }, name) => {
      const { accounts, roles } = await listStaff(bench.db, admin);
      const account = first(accounts.filter(({ email }) => email === 'rosa@example.com'));
      const roleIds = roles.flatMap(({ id, key }) => (key === 'receptionist' ? [id] : []));
      return by(updateStaff, bench.deps, admin, {
        accountId: account.id,
        version,
        name,
        roleIds,
        isBlocked: false,
      });
    },
  },
  clinic: {
    read: async () => (await settings()).clinic,
    save: ({ version }, name) =>
      by(saveClinic, bench.deps, admin, {
        version,
        clinic: { name, currency: 'EUR', defaultLocale: 'en', accentColor: null },
      }),
  },
  policy: {
    read: async () => {
      const { policy, policyVersion } = (await settings()).clinic;
      return { version: policyVersion, name: String(policy.holdMinutes) };
    },
    save: async ({ version }, name) =>
      by(savePolicy, bench.deps, admin, {
        version,
        policy: { ...(await settings()).clinic.policy, holdMinutes: name === 'First' ? 21 : 22 },
      }),
  },
  location: {
    read: async () => first((await settings()).locations),
    save: ({ version }, name) =>
      by(saveLocation, bench.deps, admin, {
        locationId: house.berlin,
        version,
        location: { name, timeZone: 'Europe/Berlin', address: null, phone: null, isActive: true },
      }),
  },
  schedule: {
    read: async () => {
      const schedule = first((await hours()).schedules);
      return { version: schedule.version, name: schedule.validUntil };
    },
    save: async ({ version }, name) => {
      const schedule = first((await hours()).schedules);
      const validUntil = name === 'First' ? '2027-01-01' : '2027-02-02';
      return by(saveSchedule, bench.deps, admin, {
        ...schedule,
        resourceId: house.boris,
        version,
        validUntil,
      });
    },
  },
  exception: {
    make: () =>
      by(saveException, bench.deps, admin, {
        exceptionId: null,
        version: null,
        resourceId: house.boris,
        ...day,
        kind: 'closed',
        intervals: [],
        note: 'Before',
      }),
    read: async () => {
      const exception = first((await hours()).exceptions);
      return { version: exception.version, name: exception.note };
    },
    save: async ({ version }, note) => {
      const { exceptionId } = first((await hours()).exceptions);
      return by(saveException, bench.deps, admin, {
        exceptionId,
        version,
        resourceId: house.boris,
        ...day,
        kind: 'closed',
        intervals: [],
        note,
      });
    },
  },
  leave: {
    make: () =>
      by(createLeave, bench.deps, admin, {
        resourceId: house.boris,
        ...day,
        kind: 'holiday',
        startMinute: null,
        endMinute: null,
        note: 'Before',
      }),
    read: async () => {
      const leave = first((await hours()).leaves);
      return { version: leave.version, name: leave.fields.note };
    },
    save: async ({ version }, note) => {
      const { leaveId, fields } = first((await hours()).leaves);
      const dateTo = note === 'First' ? '2026-06-12' : '2026-06-20';
      return by(changeLeave, bench.deps, admin, { leaveId, version, ...fields, dateTo, note });
    },
  },
  closure: {
    make: () => by(createClosure, bench.deps, admin, { locationId: house.berlin, ...day, name: 'Before' }),
    read: async () => first(await listClosures(bench.db, bench.clock.now())),
    save: async ({ version }, name) => {
      const { closureId } = first(await listClosures(bench.db, bench.clock.now()));
      const dateTo = name === 'First' ? '2026-06-12' : '2026-06-20';
      return by(changeClosure, bench.deps, admin, { closureId, version, ...day, dateTo, name });
    },
  },
} satisfies Record<string, Noun>;
const every = Object.entries<Noun>(nouns);

/** Everything an administrator edits, as it stands. */
const everything = async () => {
  const tables = [
    'service',
    'service_category',
    'resource',
    'specialist',
    'specialist_service',
    'account',
    'account_role',
    'clinic',
    'location',
    'schedule',
    'weekly_interval',
    'schedule_exception',
    'leave',
    'closure',
    'claim',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      bench.db.$queryRawUnsafe<{ look: string }[]>(
        `SELECT coalesce(string_agg(t::text, ';' ORDER BY t::text), '') AS look FROM ${table} t`,
      ),
    ),
  );
  return rows.map(([row]) => row?.look);
};

describe('the second to save is refused', () => {
  test.each(every)('%s', async (noun, { make, read, save }) => {
    await make?.();
    const mine = await read();
    const theirs = await read();
    expect(refusalOf(await save(theirs, 'First'))).toBeNull();
    const saved = await read();
    expect(saved.version).toBe(mine.version + 1);
    expect(saved.name).not.toBe(mine.name);
    const before = await everything();
    expect(refusalOf(await save(mine, 'Second'))).toEqual({ code: 'stale', noun });
    expect(await everything()).toEqual(before);
    // Having looked at theirs, mine goes through.
    expect(refusalOf(await save(saved, 'Second'))).toBeNull();
    expect((await read()).version).toBe(mine.version + 2);
  });

  test.each(every)('%s, by two at the same moment: one of them', async (noun, each) => {
    await each.make?.();
    const read = await each.read();
    const results = await Promise.all([each.save(read, 'First'), each.save(read, 'Second')]);
    expect(results.map(refusalOf).filter((refusal) => refusal !== null)).toEqual([{ code: 'stale', noun }]);
    expect((await each.read()).version).toBe(read.version + 1);
  });
});

test('a version that nothing has, and none at all, are stale; what is gone is said to be gone', async () => {
  const { specialist } = valueOf(await readSpecialist(bench.db, { specialistId: house.anna }));
  for (const version of [null, 7, 2_147_483_647])
    expect(
      refusalOf(
        await by(saveSpecialist, bench.deps, admin, { specialistId: house.anna, version, specialist }),
      ),
    ).toEqual({ code: 'stale', noun: 'specialist' });
  expect(
    refusalOf(
      await by(saveSpecialist, bench.deps, admin, { specialistId: randomUUID(), version: 1, specialist }),
    ),
  ).toEqual({ code: 'not_found', noun: 'specialist' });
});

test('the clinic and its rules are two records; the order of people is nobody’s edit', async () => {
  const { clinic } = await settings();
  valueOf(await nouns.clinic.save({ version: clinic.version }, 'First'));
  valueOf(await nouns.policy.save({ version: clinic.policyVersion }, 'First'));
  valueOf(await by(orderSpecialists, bench.deps, admin, { specialistIds: [house.boris, house.anna] }));
  expect((await nouns.specialist.read()).version).toBe(1);
});

test('what was changed meanwhile is not removed unseen', async () => {
  for (const noun of [nouns.leave, nouns.closure, nouns.exception]) {
    await noun.make();
    expect(refusalOf(await noun.save(await noun.read(), 'First'))).toBeNull();
  }
  const { leaves, exceptions } = await hours();
  const [closure] = await listClosures(bench.db, bench.clock.now());
  for (const result of [
    await by(deleteLeave, bench.deps, admin, { leaveId: first(leaves).leaveId, version: 1 }),
    await by(deleteException, bench.deps, admin, { exceptionId: first(exceptions).exceptionId, version: 1 }),
    await by(deleteClosure, bench.deps, admin, { closureId: closure?.closureId ?? '', version: 1 }),
  ])
    expect(refusalOf(result)?.code).toBe('stale');
});
