import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientScope } from '../../src/domain/access/client.ts';
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { create } from '../../src/server/booking/create.ts';
import { hold } from '../../src/server/booking/hold.ts';
import { saveResource } from '../../src/server/people/resources.ts';
import { changeClosure, changeLeave } from '../../src/server/schedules/change-absence.ts';
import {
  deleteException,
  deleteSchedule,
  saveException,
  saveSchedule,
} from '../../src/server/schedules/commands.ts';
import { createClosure, createLeave, deleteClosure, deleteLeave } from '../../src/server/schedules/leave.ts';
import { listClosures, readResourceHours } from '../../src/server/schedules/queries.ts';
import { openDeps } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import { by } from '../support/by.ts';

const database = fileDatabase(24);
// Wednesday, 3 June 2026, 09:00 in Berlin.
const clock = fixedClock();
let deps: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  deps = await openDeps(database(), clock);
});
afterAll(() => deps.close());

let clientId = '';
beforeEach(async () => {
  clock.set('2026-06-03T07:00:00Z');
  await emptyHouse(database().ownerUrl);
  await makeHouse(database().db);
  clientId = randomUUID();
  await deps.db.client.create({
    data: {
      id: clientId,
      firstName: 'Ida',
      lastName: 'Lund',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    },
  });
});

const actorWith = (role: keyof typeof shippedRoles): Actor => ({
  kind: 'staff',
  accountId: house.clinic,
  name: role,
  roleKeys: [role],
  rights: new Set(shippedRoles[role]),
  specialistId: role === 'specialist' ? house.anna : null,
});
const admin = actorWith('administrator');
const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const issue = (path: string, code: string) => ({ code: 'invalid_input', issues: [{ path, code }] });
const at = (date: string, time: string) => Date.parse(`${date}T${time}+02:00`);

const request = (specialistId: string) => ({
  locationId: house.berlin,
  items: [{ serviceId: house.facial, techniqueIds: [house.technique.deep], specialistId }],
});
const bookAt = (startsAt: number, specialistId: string = house.boris) =>
  by(create, deps, admin, { ...request(specialistId), startsAt, clientId, idempotencyKey: randomUUID() });
const leave = (
  dateFrom: string,
  dateTo: string,
  resourceId: string = house.boris,
  minutes: [number, number] | null = null,
) =>
  by(createLeave, deps, admin, {
    resourceId,
    kind: 'holiday',
    dateFrom,
    dateTo,
    startMinute: minutes?.[0] ?? null,
    endMinute: minutes?.[1] ?? null,
    note: null,
  });
const close = (dateFrom: string, dateTo: string, locationId: string = house.berlin) =>
  by(createClosure, deps, admin, { locationId, dateFrom, dateTo, name: 'Summer' });
const claimsOf = async (resourceId: string) =>
  (await deps.db.claim.findMany({ where: { resourceId }, orderBy: { startsAt: 'asc' } })).map(
    ({ kind, startsAt, endsAt }) =>
      `${kind} ${startsAt.toISOString().slice(0, 16)}–${endsAt.toISOString().slice(0, 16)}`,
  );
const nineToFive = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  startMinute: 540,
  endMinute: 1020,
  breaks: [],
}));
const schedule = (changes: object = {}) => ({
  scheduleId: null,
  version: null,
  resourceId: house.boris,
  locationId: house.berlin,
  validFrom: null,
  validUntil: null,
  weekly: nineToFive,
  ...changes,
});
const hoursOf = async (resourceId: string) =>
  valueOf(await readResourceHours(deps.db, clientScope(admin), { resourceId }, clock.now()));

describe('weekly hours', () => {
  test('over time: the old week ends, the new one begins; overlapping validity is refused at its field', async () => {
    const [current] = (await hoursOf(house.boris)).schedules;
    if (!current) throw new Error('Boris has hours');
    const next = schedule({ validFrom: '2026-07-01' });
    expect(refusalOf(await by(saveSchedule, deps, admin, next))).toEqual(
      issue('validFrom', 'schedules_overlap'),
    );
    const ended = { ...schedule(current), validUntil: '2026-06-30' };
    expect(valueOf(await by(saveSchedule, deps, admin, ended)).version).toBe(2);
    valueOf(await by(saveSchedule, deps, admin, next));
    expect(
      (await hoursOf(house.boris)).schedules.map(({ validFrom, validUntil }) => [validFrom, validUntil]),
    ).toEqual([
      ['2026-07-01', null],
      [null, '2026-06-30'],
    ]);
    // The same change again is stale, and so is removing what it was read as.
    expect(refusalOf(await by(saveSchedule, deps, admin, ended))).toEqual({
      code: 'stale',
      noun: 'schedule',
    });
    const remove = { scheduleId: current.scheduleId, version: current.version };
    expect(refusalOf(await by(deleteSchedule, deps, admin, remove))?.code).toBe('stale');
    valueOf(await by(deleteSchedule, deps, admin, { ...remove, version: 2 }));
  });

  test('visits booked before stay as they are and are named when they fall outside', async () => {
    valueOf(await bookAt(at('2026-06-05', '16:00')));
    const [current] = (await hoursOf(house.boris)).schedules;
    const before = await claimsOf(house.boris);
    const weekly = nineToFive.map((day) => ({ ...day, endMinute: 960 }));
    const { outside } = valueOf(await by(saveSchedule, deps, admin, { ...schedule(current), weekly }));
    expect(outside).toMatchObject([
      { clientName: 'Ida Lund', serviceName: 'Facial', startsAt: at('2026-06-05', '16:00') },
    ]);
    expect(await claimsOf(house.boris)).toEqual(before);
    expect((await hoursOf(house.boris)).outside).toHaveLength(1);
    const exception = {
      exceptionId: null,
      version: null,
      resourceId: house.boris,
      dateFrom: '2026-06-05',
      dateTo: '2026-06-05',
      kind: 'extra' as const,
      intervals: [{ startMinute: 960, endMinute: 1080, breaks: [] }],
      note: null,
    };
    const added = valueOf(await by(saveException, deps, admin, exception));
    expect(added.outside).toEqual([]);
    expect(valueOf(await by(deleteException, deps, admin, added)).outside).toHaveLength(1);
  });

  test('a room only at its own place, a resource or location that is gone', async () => {
    const wrong = schedule({ resourceId: house.room1, locationId: house.lisbon });
    expect(refusalOf(await by(saveSchedule, deps, admin, wrong))).toEqual(issue('locationId', 'unknown'));
    expect(refusalOf(await by(saveSchedule, deps, admin, schedule({ locationId: house.anna })))).toEqual(
      issue('locationId', 'unknown'),
    );
    expect(refusalOf(await by(saveSchedule, deps, admin, schedule({ resourceId: house.clinic })))?.code).toBe(
      'not_found',
    );
  });
});

describe('leave claims its time like a visit', () => {
  test('in pieces of a day, and nobody books over it', async () => {
    const entered = valueOf(await leave('2026-06-04', '2026-06-05'));
    expect(await claimsOf(house.boris)).toEqual([
      'leave 2026-06-03T22:00–2026-06-04T22:00',
      'leave 2026-06-04T22:00–2026-06-05T22:00',
    ]);
    expect(refusalOf(await bookAt(at('2026-06-04', '10:00')))).not.toBeNull();
    valueOf(await by(deleteLeave, deps, admin, entered));
    expect(await claimsOf(house.boris)).toEqual([]);
    valueOf(await bookAt(at('2026-06-04', '10:00')));
    expect(refusalOf(await by(deleteLeave, deps, admin, entered))?.code).toBe('not_found');
  });

  test('over visits: refused with the visits, nothing half-written', async () => {
    valueOf(await bookAt(at('2026-06-05', '10:00')));
    valueOf(await bookAt(at('2026-06-05', '15:00')));
    const refusal = refusalOf(await leave('2026-06-04', '2026-06-08'));
    expect(refusal).toMatchObject({
      code: 'visits_in_the_way',
      total: 2,
      visits: [
        { clientName: 'Ida Lund', startsAt: at('2026-06-05', '10:00') },
        { clientName: 'Ida Lund', startsAt: at('2026-06-05', '15:00') },
      ],
    });
    expect(await deps.db.leave.count()).toBe(0);
    expect(await deps.db.claim.count({ where: { kind: 'leave' } })).toBe(0);
    // The hours between them are free.
    valueOf(await leave('2026-06-05', '2026-06-05', house.boris, [720, 840]));
  });

  test('a hold in the way counts while it lasts and not a moment longer', async () => {
    const guest: Actor = { kind: 'nobody', holderKey: randomUUID() };
    valueOf(
      await by(hold, deps, guest, {
        ...request(house.boris),
        startsAt: at('2026-06-05', '10:00'),
        idempotencyKey: randomUUID(),
      }),
    );
    expect(refusalOf(await leave('2026-06-05', '2026-06-05'))).toMatchObject({
      code: 'visits_in_the_way',
      visits: [{ clientName: '' }],
    });
    clock.advanceMinutes(11);
    valueOf(await leave('2026-06-05', '2026-06-05'));
    expect(await deps.db.appointment.count({ where: { status: 'expired' } })).toBe(1);
  });

  test('P3: a leave and bookings at the same moment: the leave, or the visits, never both', async () => {
    for (let round = 0; round < 12; round++) {
      const date = `2026-06-${String(8 + (round % 5) + 7 * Math.floor(round / 5)).padStart(2, '0')}`;
      const [absence, ...visits] = await Promise.all([
        leave(date, date),
        ...[9, 10, 14, 16].map((hour) => bookAt(at(date, `${String(hour).padStart(2, '0')}:00`))),
      ]);
      const booked = visits.filter(({ ok }) => ok).length;
      expect(absence.ok ? booked : refusalOf(absence)?.code).toBe(absence.ok ? 0 : 'visits_in_the_way');
      const claims = await deps.db.claim.findMany({
        where: {
          resourceId: house.boris,
          startsAt: { gte: new Date(`${date}T00:00Z`), lt: new Date(`${date}T23:00Z`) },
        },
      });
      if (!absence.ok) expect(claims.every(({ kind }) => kind === 'appointment')).toBe(true);
    }
  });

  test('two leaves over the same days at once: both stand, the time is claimed once', async () => {
    const results = await Promise.all([
      leave('2026-06-08', '2026-06-12'),
      leave('2026-06-10', '2026-06-14'),
      leave('2026-06-11', '2026-06-11'),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    const claims = await deps.db.claim.findMany({ where: { resourceId: house.boris } });
    const total = claims.reduce(
      (sum, { startsAt, endsAt }) => sum + endsAt.getTime() - startsAt.getTime(),
      0,
    );
    expect(total).toBe(7 * 86_400_000);
    // Whichever goes, the others keep what they cover.
    for (const [index, result] of results.entries()) {
      valueOf(await by(deleteLeave, deps, admin, valueOf(result)));
      const left = await deps.db.claim.findMany({ where: { resourceId: house.boris } });
      const days = left.reduce(
        (sum, { startsAt, endsAt }) => sum + (endsAt.getTime() - startsAt.getTime()) / 86_400_000,
        0,
      );
      expect(days).toBe([5, 1, 0][index]);
    }
  });

  test('a clock that skips the hour, and somebody unknown', async () => {
    expect(refusalOf(await leave('2027-03-28', '2027-03-28', house.boris, [150, 600]))).toEqual(
      issue('startMinute', 'clock_gap'),
    );
    expect(refusalOf(await leave('2026-06-08', '2026-06-08', house.clinic))?.code).toBe('not_found');
  });
});

describe('closures', () => {
  test('claim everything there, are refused over visits whole, and reopen', async () => {
    valueOf(await bookAt(at('2026-06-09', '10:00')));
    expect(refusalOf(await close('2026-06-08', '2026-06-12'))).toMatchObject({
      code: 'visits_in_the_way',
      total: 1,
    });
    expect(await deps.db.claim.count({ where: { kind: 'closure' } })).toBe(0);
    const closed = valueOf(await close('2026-06-10', '2026-06-12'));
    expect(await deps.db.claim.count({ where: { kind: 'closure' } })).toBe(5 * 3);
    expect(refusalOf(await bookAt(at('2026-06-10', '10:00')))).not.toBeNull();
    expect(await listClosures(deps.db, clock.now())).toMatchObject([{ ...closed, dateFrom: '2026-06-10' }]);
    valueOf(await by(deleteClosure, deps, admin, closed));
    valueOf(await bookAt(at('2026-06-10', '10:00')));
  });

  test('lie over leave without taking it, and leave it behind', async () => {
    valueOf(await leave('2026-06-09', '2026-06-11'));
    const closed = valueOf(await close('2026-06-10', '2026-06-12'));
    expect((await claimsOf(house.boris)).map((each) => each.slice(0, 18))).toEqual([
      'leave 2026-06-08T2',
      'leave 2026-06-09T2',
      'leave 2026-06-10T2',
      'closure 2026-06-11',
    ]);
    const { leaves } = await hoursOf(house.boris);
    valueOf(await by(deleteLeave, deps, admin, { leaveId: leaves[0]?.leaveId ?? '', version: 1 }));
    expect((await claimsOf(house.boris)).map((each) => each.slice(0, 18))).toEqual([
      'closure 2026-06-09',
      'closure 2026-06-10',
      'closure 2026-06-11',
    ]);
    valueOf(await leave('2026-06-11', '2026-06-13'));
    valueOf(await by(deleteClosure, deps, admin, closed));
    expect((await claimsOf(house.boris)).map((each) => each.slice(0, 18))).toEqual([
      'leave 2026-06-10T2',
      'leave 2026-06-11T2',
      'leave 2026-06-12T2',
    ]);
  });

  test('hold for rooms made later, and not for people who work elsewhere too', async () => {
    valueOf(
      await by(saveSchedule, deps, admin, schedule({ resourceId: house.anna, locationId: house.lisbon })),
    );
    valueOf(await close('2026-06-10', '2026-06-10'));
    expect(await claimsOf(house.anna)).toEqual([]);
    const room = {
      locationId: house.berlin,
      kind: 'room' as const,
      type: 'treatment room',
      name: 'Room 3',
      isActive: true,
    };
    const { resourceId } = valueOf(
      await by(saveResource, deps, admin, { resourceId: null, version: null, resource: room }),
    );
    expect(await claimsOf(resourceId)).toEqual(['closure 2026-06-09T22:00–2026-06-10T22:00']);
    // Her hours elsewhere end: now she is closed with the house. Boris gets some: he no longer is.
    const [elsewhere] = (await hoursOf(house.anna)).schedules.filter(
      ({ locationId }) => locationId === house.lisbon,
    );
    if (!elsewhere) throw new Error('Anna has hours in Lisbon');
    valueOf(await by(deleteSchedule, deps, admin, elsewhere));
    expect(await claimsOf(house.anna)).toHaveLength(1);
    valueOf(await by(saveSchedule, deps, admin, schedule({ locationId: house.lisbon })));
    expect(await claimsOf(house.boris)).toEqual([]);
  });

  test('a closure and bookings at the same moment: one or the other', async () => {
    for (const date of ['2026-06-15', '2026-06-16', '2026-06-17', '2026-06-18', '2026-06-19']) {
      const [closed, ...visits] = await Promise.all([
        close(date, date),
        bookAt(at(date, '10:00')),
        bookAt(at(date, '10:00'), house.anna),
        bookAt(at(date, '15:00')),
      ]);
      const booked = visits.filter(({ ok }) => ok).length;
      expect(closed.ok ? booked : refusalOf(closed)?.code).toBe(closed.ok ? 0 : 'visits_in_the_way');
    }
  });
});

describe('who may', () => {
  test.each(['receptionist', 'specialist', 'client'] as const)('a %s changes no hours', async (role) => {
    const actor = actorWith(role);
    const id = house.anna;
    const day = { dateFrom: '2026-06-10', dateTo: '2026-06-10' };
    const sickDay = { ...day, kind: 'sick' as const, startMinute: null, endMinute: null, note: null };
    for (const result of [
      await by(saveSchedule, deps, actor, schedule()),
      await by(deleteSchedule, deps, actor, { scheduleId: id, version: 1 }),
      await by(saveException, deps, actor, {
        exceptionId: null,
        version: null,
        resourceId: id,
        ...day,
        kind: 'closed',
        intervals: [],
        note: null,
      }),
      await by(deleteException, deps, actor, { exceptionId: id, version: 1 }),
      await by(createLeave, deps, actor, { resourceId: id, ...sickDay }),
      await by(deleteLeave, deps, actor, { leaveId: id, version: 1 }),
      await by(createClosure, deps, actor, { locationId: house.berlin, ...day, name: 'X' }),
      await by(deleteClosure, deps, actor, { closureId: id, version: 1 }),
      await by(changeLeave, deps, actor, { leaveId: id, version: 1, ...sickDay }),
      await by(changeClosure, deps, actor, { closureId: id, version: 1, ...day, name: 'X' }),
    ])
      expect(refusalOf(result)).toEqual({ code: 'forbidden' });
    expect(await deps.db.claim.count()).toBe(0);
  });
});
