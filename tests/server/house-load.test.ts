import { beforeAll, describe, expect, it } from 'vitest';
import { resolvePlan } from '../../src/domain/plan.ts';
import { expandHours } from '../../src/domain/schedule.ts';
import { loadPlanSource } from '../../src/server/catalogue/plan-source.ts';
import { Rollback, transact } from '../../src/server/db.ts';
import { loadHouse } from '../../src/server/house/load.ts';
import { loadCalendars } from '../../src/server/schedules/calendar-source.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';

const database = fileDatabase();
beforeAll(() => makeHouse(database().db));

const nameOf = async (client: Parameters<typeof loadHouse>[0]) =>
  (await loadHouse(client)).services.get(house.peel)?.name;

describe('HOUSE-1: the house kept between changes', () => {
  it('is the same object until somebody changes it, and never older than the last commit', async () => {
    const { db } = database();
    const first = await loadHouse(db);
    expect(await loadHouse(db)).toBe(first);
    await db.service.update({ where: { id: house.peel }, data: { name: 'Peeling' } });
    expect(await nameOf(db)).toBe('Peeling');
    // A change that says nothing of itself is noticed too: the database notes it.
    await db.$executeRaw`UPDATE service SET name = 'Peel' WHERE id = ${house.peel}::uuid`;
    expect(await nameOf(db)).toBe('Peel');
    expect(await loadHouse(db)).toBe(await loadHouse(db));
  });

  it('notices a transaction that began before a look and committed after later ones', async () => {
    const { db } = database();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let written = () => {};
    const wrote = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow = db.$transaction(async (tx) => {
      await tx.service.update({ where: { id: house.peel }, data: { name: 'Slow peel' } });
      written();
      await gate;
    });
    await wrote;
    await db.service.update({
      where: { id: house.laser },
      data: { description: 'later, but first to commit' },
    });
    expect(await nameOf(db)).toBe('Peel');
    expect(await nameOf(db)).toBe('Peel');
    letGo();
    await slow;
    expect(await nameOf(db)).toBe('Slow peel');
  });

  it('shows a transaction its own change and forgets it when it is undone', async () => {
    const { db } = database();
    const before = await nameOf(db);
    await transact(db, async (tx) => {
      await tx.service.update({ where: { id: house.peel }, data: { name: 'Never' } });
      expect(await nameOf(tx)).toBe('Never');
      throw new Rollback(undefined);
    });
    expect(await nameOf(db)).toBe(before);
  });
});

describe('what the booking part is given', () => {
  it('plans with own minutes, prices and mastery', async () => {
    const source = await loadPlanSource(database().db, {
      serviceIds: [house.facial],
      specialistIds: null,
    });
    expect([...source.specialists.keys()]).toEqual([house.anna, house.boris]);
    const service = source.services.get(house.facial);
    const anna = source.specialists.get(house.anna);
    const boris = source.specialists.get(house.boris);
    if (!service || !anna || !boris) throw new Error('the house is not whole');
    const item = {
      service,
      techniques: service.techniques,
      chosenTechniqueIds: [house.technique.massage, house.technique.deep],
    };
    expect(resolvePlan({ items: [{ ...item, specialist: anna }], slotStepMinutes: 15 })).toMatchObject({
      ok: true,
      value: { minutes: 75, priceMinor: 14000, needs: [{ kind: 'room', type: 'treatment room', count: 1 }] },
    });
    expect(resolvePlan({ items: [{ ...item, specialist: boris }], slotStepMinutes: 15 })).toMatchObject({
      ok: false,
      refusal: { code: 'plan_refused', reason: 'technique_not_mastered' },
    });
    const both = await loadPlanSource(database().db, {
      serviceIds: [house.facial, house.laser],
      specialistIds: null,
    });
    expect([...both.specialists.keys()]).toEqual([house.anna]);
  });

  it('gives hours per resource, rooms open whenever, closures as closed days', async () => {
    const { db } = database();
    const ask = {
      locationId: house.berlin,
      resourceIds: [house.anna],
      dateFrom: '2026-06-01',
      dateTo: '2026-06-07',
    };
    const open = await loadCalendars(db, ask);
    expect(open?.resources.map(({ name }) => name)).toEqual(['Anna Weiss']);
    expect(open?.calendars.has(house.room1)).toBe(false);
    expect(open?.pools.get('room:treatment room')).toEqual([house.room1, house.room2]);
    const calendar = open?.calendars.get(house.anna);
    if (!calendar) throw new Error('Anna has hours');
    const monday = [Date.parse('2026-06-01T00:00+02:00'), Date.parse('2026-06-02T00:00+02:00')] as const;
    expect(expandHours(calendar, ...monday)).toEqual(
      ['09:00', '13:00', '14:00', '18:00'].map((time) => Date.parse(`2026-06-01T${time}+02:00`)),
    );
    await db.closure.create({
      data: {
        id: '00000000-0000-4000-8000-0000000000f1',
        locationId: house.berlin,
        dateFrom: new Date('2026-06-01'),
        dateTo: new Date('2026-06-02'),
        name: 'Inventory',
      },
    });
    const closed = await loadCalendars(db, ask);
    const again = closed?.calendars.get(house.anna);
    if (!again) throw new Error('Anna still has hours');
    expect(expandHours(again, ...monday)).toEqual([]);
    expect(closed?.closures.map(({ name }) => name)).toEqual(['Inventory']);
    expect(closed?.calendars.get(house.room1)?.exceptions).toHaveLength(1);
    expect(await loadCalendars(db, { ...ask, locationId: house.anna })).toBeNull();
  });
});
