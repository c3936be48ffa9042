/** A leave or a closure that is changed gives back what it no longer needs and takes what it needs now, or stays as it was. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientScope } from '../../src/domain/access/client.ts';
import type { LeaveFields } from '../../src/domain/hours.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { create } from '../../src/server/booking/create.ts';
import { saveResource } from '../../src/server/people/resources.ts';
import { changeClosure, changeLeave } from '../../src/server/schedules/change-absence.ts';
import { createClosure, createLeave } from '../../src/server/schedules/leave.ts';
import { listClosures, readResourceHours } from '../../src/server/schedules/queries.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import { type Bench, makeCard, openBench, staff } from '../support/people.ts';
import { by } from '../support/by.ts';

const database = fileDatabase(24);
let bench: Bench;
let clientId = '';
beforeAll(async () => {
  bench = await openBench(database());
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db);
  clientId = await makeCard(bench.db, { firstName: 'Ida', lastName: 'Lund' });
});

const admin = staff('administrator');
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
const at = (date: string, time: string) => Date.parse(`${date}T${time}+02:00`);
const bookAt = (startsAt: number, specialistId: string = house.boris) =>
  by(create, bench.deps, admin, {
    locationId: house.berlin,
    items: [{ serviceId: house.facial, techniqueIds: [house.technique.deep], specialistId }],
    startsAt,
    clientId,
    idempotencyKey: randomUUID(),
  });
const days = (dateFrom: string, dateTo: string, changes: Partial<LeaveFields> = {}): LeaveFields => ({
  kind: 'holiday',
  dateFrom,
  dateTo,
  startMinute: null,
  endMinute: null,
  note: null,
  ...changes,
});
const enter = async (fields: LeaveFields) =>
  valueOf(await by(createLeave, bench.deps, admin, { resourceId: house.boris, ...fields }));
const change = (leave: { leaveId: string; version: number }, fields: LeaveFields) =>
  by(changeLeave, bench.deps, admin, { ...leave, ...fields });
const leaves = async () =>
  valueOf(
    await readResourceHours(bench.db, clientScope(admin), { resourceId: house.boris }, bench.clock.now()),
  ).leaves;
const claimsOf = async (resourceId: string) =>
  (await bench.db.claim.findMany({ where: { resourceId }, orderBy: { startsAt: 'asc' } })).map(
    ({ id, kind, startsAt, endsAt }) => ({
      id,
      text: `${kind} ${startsAt.toISOString().slice(5, 16)}–${endsAt.toISOString().slice(5, 16)}`,
    }),
  );
const texts = async (resourceId: string) => (await claimsOf(resourceId)).map(({ text }) => text);

describe('a leave', () => {
  test('is moved, shortened and made half a day; what it gives back is bookable at once', async () => {
    const leave = await enter(days('2026-06-04', '2026-06-05'));
    const moved = valueOf(await change(leave, days('2026-06-05', '2026-06-06', { kind: 'training' })));
    expect(await texts(house.boris)).toEqual([
      'leave 06-04T22:00–06-05T22:00',
      'leave 06-05T22:00–06-06T22:00',
    ]);
    valueOf(await bookAt(at('2026-06-04', '10:00')));
    const half = days('2026-06-05', '2026-06-05', { startMinute: 840, endMinute: 1080, note: 'Dentist' });
    valueOf(await change(moved, half));
    valueOf(await bookAt(at('2026-06-05', '10:00')));
    expect(refusalOf(await bookAt(at('2026-06-05', '15:00')))).not.toBeNull();
    expect(await leaves()).toMatchObject([{ version: 3, fields: half }]);
  });

  test('over visits: refused with them, and the leave stays as it was', async () => {
    const leave = await enter(days('2026-06-04', '2026-06-04'));
    valueOf(await bookAt(at('2026-06-05', '10:00')));
    valueOf(await bookAt(at('2026-06-08', '15:00')));
    const before = await claimsOf(house.boris);
    expect(
      refusalOf(await change(leave, days('2026-06-04', '2026-06-08', { note: 'Longer' }))),
    ).toMatchObject({
      code: 'visits_in_the_way',
      total: 2,
      visits: [
        { clientName: 'Ida Lund', startsAt: at('2026-06-05', '10:00') },
        { clientName: 'Ida Lund', startsAt: at('2026-06-08', '15:00') },
      ],
    });
    expect(await claimsOf(house.boris)).toEqual(before);
    expect(await leaves()).toMatchObject([{ version: 1, fields: days('2026-06-04', '2026-06-04') }]);
  });

  test('times the clock skips are said at their field; who is gone is said to be', async () => {
    const leave = await enter(days('2027-03-27', '2027-03-27'));
    const skipped = days('2027-03-28', '2027-03-28', { startMinute: 150, endMinute: 600 });
    expect(refusalOf(await change(leave, skipped))).toEqual({
      code: 'invalid_input',
      issues: [{ path: 'startMinute', code: 'clock_gap' }],
    });
    expect(refusalOf(await change({ leaveId: randomUUID(), version: 1 }, skipped))).toEqual({
      code: 'not_found',
      noun: 'leave',
    });
  });

  test('other words alone claim nothing anew, even where its hour comes twice that night', async () => {
    const leave = await enter(days('2026-10-24', '2026-10-25', { startMinute: 600, endMinute: 150 }));
    // As an old system had it: until the second half past two.
    const endsAt = new Date('2026-10-25T01:30Z');
    await bench.db.leave.update({ where: { id: leave.leaveId }, data: { endsAt } });
    const before = await claimsOf(house.boris);
    const [known] = await leaves();
    if (!known) throw new Error('the leave is listed');
    valueOf(await change(leave, { ...known.fields, note: 'Night train', kind: 'other' }));
    expect(await claimsOf(house.boris)).toEqual(before);
    expect(await leaves()).toMatchObject([{ endsAt, fields: { note: 'Night train' } }]);
  });

  test('what it leaves, another leave or a closure over it takes', async () => {
    const leave = await enter(days('2026-06-09', '2026-06-12'));
    await enter(days('2026-06-10', '2026-06-10', { kind: 'sick' }));
    const closed = { locationId: house.berlin, dateFrom: '2026-06-12', dateTo: '2026-06-12', name: 'Fair' };
    valueOf(await by(createClosure, bench.deps, admin, closed));
    valueOf(await change(leave, days('2026-06-09', '2026-06-09')));
    expect(await texts(house.boris)).toEqual([
      'leave 06-08T22:00–06-09T22:00',
      'leave 06-09T22:00–06-10T22:00',
      'closure 06-11T22:00–06-12T22:00',
    ]);
  });

  test('changed while others book: the new days, or the visits, never both', async () => {
    for (const date of ['2026-06-08', '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12']) {
      const leave = await enter(days('2026-07-01', '2026-07-01'));
      const [changed, ...visits] = await Promise.all([
        change(leave, days(date, date)),
        ...['09:00', '11:00', '14:00', '16:00'].map((time) => bookAt(at(date, time))),
      ]);
      const booked = visits.filter(({ ok }) => ok).length;
      expect(changed.ok ? booked : refusalOf(changed)?.code).toBe(changed.ok ? 0 : 'visits_in_the_way');
      const claims = await bench.db.claim.findMany({ where: { leaveId: leave.leaveId } });
      const day = changed.ok ? date : '2026-07-01';
      expect(claims.map(({ endsAt }) => endsAt.toISOString().slice(0, 10))).toEqual([day]);
      await bench.db.leave.delete({ where: { id: leave.leaveId } });
    }
  });
});

describe('a closure', () => {
  const close = async (dateFrom: string, dateTo: string) =>
    valueOf(
      await by(createClosure, bench.deps, admin, {
        locationId: house.berlin,
        dateFrom,
        dateTo,
        name: 'Summer',
      }),
    );
  const shift = (
    closure: { closureId: string; version: number },
    dateFrom: string,
    dateTo: string,
    name = 'Summer',
  ) => by(changeClosure, bench.deps, admin, { ...closure, dateFrom, dateTo, name });

  test('is moved whole, or refused with every visit there', async () => {
    const closure = await close('2026-06-10', '2026-06-11');
    valueOf(await bookAt(at('2026-06-15', '10:00')));
    const before = await claimsOf(house.anna);
    expect(refusalOf(await shift(closure, '2026-06-12', '2026-06-16', 'Later'))).toMatchObject({
      code: 'visits_in_the_way',
      total: 1,
      visits: [{ clientName: 'Ida Lund' }],
    });
    expect(await claimsOf(house.anna)).toEqual(before);
    expect(await listClosures(bench.db, bench.clock.now())).toMatchObject([{ name: 'Summer', version: 1 }]);
    valueOf(await shift(closure, '2026-06-11', '2026-06-12'));
    expect(await texts(house.anna)).toEqual([
      'closure 06-10T22:00–06-11T22:00',
      'closure 06-11T22:00–06-12T22:00',
    ]);
    valueOf(await bookAt(at('2026-06-10', '10:00')));
    expect(refusalOf(await bookAt(at('2026-06-12', '10:00')))).not.toBeNull();
  });

  test('takes rooms made since, gives a leave below it its time, and a new name moves nothing', async () => {
    const closure = await close('2026-06-10', '2026-06-10');
    await enter(days('2026-06-10', '2026-06-10'));
    const room = {
      locationId: house.berlin,
      kind: 'room' as const,
      type: 'treatment room',
      name: 'Room 3',
      isActive: true,
    };
    const { resourceId } = valueOf(
      await by(saveResource, bench.deps, admin, { resourceId: null, version: null, resource: room }),
    );
    const before = await claimsOf(house.anna);
    const renamed = valueOf(await shift(closure, '2026-06-10', '2026-06-10', 'Paint'));
    expect(await claimsOf(house.anna)).toEqual(before);
    valueOf(await shift(renamed, '2026-06-11', '2026-06-11', 'Paint'));
    expect(await texts(resourceId)).toEqual(['closure 06-10T22:00–06-11T22:00']);
    expect(await texts(house.boris)).toEqual([
      'leave 06-09T22:00–06-10T22:00',
      'closure 06-10T22:00–06-11T22:00',
    ]);
    expect(await listClosures(bench.db, bench.clock.now())).toMatchObject([
      { name: 'Paint', dateFrom: '2026-06-11', version: 3 },
    ]);
  });
});
