/** Commands against each other, all at once: whatever wins, what must hold holds. */
import { afterEach, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import type { Actor } from '../../src/domain/access/actor.ts';
import { type AppointmentView, dayPlanInput } from '../../src/domain/booking.ts';
import type { Refusal, Result } from '../../src/domain/refusal.ts';
import { book } from '../../src/server/booking/book.ts';
import { cancel, mark } from '../../src/server/booking/cancel.ts';
import { carryOutDay } from '../../src/server/booking/day-plan.ts';
import { expireHold, hold, release } from '../../src/server/booking/hold.ts';
import { reschedule } from '../../src/server/booking/reschedule.ts';
import { createClosure, createLeave } from '../../src/server/schedules/leave.ts';
import { at, bookingStage, key, refusal, value } from '../support/booking-stage.ts';
import { clientActor, guest, staff } from '../support/clinic.ts';
import { breaches } from '../support/invariants.ts';
import { by } from '../support/by.ts';

const stage = bookingStage();
const desk = staff();

afterEach(async () => {
  expect(await withClient(stage.database().ownerUrl, breaches)).toEqual([]);
});

/** What was answered; of a plan's refusal the reason behind it. */
const codeOf = (refused: Refusal): string =>
  refused.code === 'step_refused' ? refused.because.code : refused.code;
const codes = (results: readonly Result<unknown>[]): string[] =>
  results.map((result) => (result.ok ? 'ok' : codeOf(result.refusal))).sort();
const move = (visit: AppointmentView, startsAt: number, actor: Actor = desk, specialistId?: string) =>
  by(reschedule, stage.deps, actor, {
    appointmentId: visit.appointmentId,
    version: visit.version,
    startsAt,
    ...(specialistId ? { specialistId } : {}),
    ...key(),
  });
const dayOf = (specialistId: string) => ({ specialistId, date: '2026-06-04', reason: 'ill today' });

describe('a hold at its end', () => {
  test('BOOK-4 booked, released, tidied and contested at once: one outcome, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      const actor = clientActor(stage.clinic.clientId);
      const held = value(
        await stage.holdFacial(actor, at(9 + (round % 8)), round < 8 ? stage.clinic.mila : stage.clinic.nora),
      );
      // Odd rounds run after the hold has lapsed by the clock.
      stage.clock.advanceMinutes(round % 2 === 0 ? 9 : 10);
      const { appointmentId } = held;
      const [booked, , , , ...others] = await Promise.all([
        by(book, stage.deps, actor, { appointmentId, ...key() }),
        by(release, stage.deps, actor, appointmentId),
        expireHold(stage.deps, appointmentId),
        expireHold(stage.deps, appointmentId),
        stage.holdFacial(guest(), held.startsAt, held.items[0]?.specialistId),
        stage.holdFacial(guest(), held.startsAt, held.items[0]?.specialistId),
      ]);
      const winners = [booked, ...others].filter(({ ok }) => ok);
      expect(winners.length).toBeLessThanOrEqual(1);
      if (round % 2 === 1) expect(booked.ok).toBe(false);
      stage.clock.advanceMinutes(-9);
    }
  });
});

describe('one visit, several hands', () => {
  test('cancelled, moved and marked at once: they come one after the other or are refused, never half', async () => {
    for (const hour of [9, 11, 13, 15]) {
      const visit = value(await stage.createFacial(at(hour)));
      const { appointmentId } = visit;
      const results = await Promise.all([
        by(cancel, stage.deps, desk, { appointmentId, ...key() }),
        move(visit, at(hour, 30)),
        by(mark, stage.deps, desk, { appointmentId, to: 'arrived', ...key() }),
        by(mark, stage.deps, desk, { appointmentId, to: 'no_show', ...key() }),
        move(visit, at(hour, 15)),
      ]);
      for (const code of codes(results))
        expect(['ok', 'stale', 'transition_refused', 'slot_taken', 'not_found']).toContain(code);
      expect(results[1]?.ok && results[4]?.ok).toBe(false);
    }
  });

  test('a request approved five times and declined five times at once is answered once, and its client told once', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(
      await by(hold, stage.deps, actor, {
        locationId: stage.clinic.locationId,
        items: [{ serviceId: stage.clinic.peel, specialistId: null, techniqueIds: [] }],
        startsAt: at(10),
        ...key(),
      }),
    );
    const { appointmentId } = value(
      await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() }),
    );
    const results = await Promise.all(
      (['booked', 'declined'] as const).flatMap((to) =>
        Array.from({ length: 5 }, () => by(mark, stage.deps, staff(), { appointmentId, to, ...key() })),
      ),
    );
    expect(codes(results)).toEqual(['ok', ...Array(9).fill('transition_refused')]);
    expect(await stage.jobCount('notify-appointment')).toBe(2); // requested, and the answer
  });

  test('BOOK-5 one account on two devices with the same key: one booking; another command with it is refused', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(await stage.holdFacial(actor, at(10)));
    const same = { appointmentId: held.appointmentId, ...key() };
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        by(book, stage.deps, { ...actor, holderKey: `device ${index}` }, same),
      ),
    );
    for (const result of results) expect(value(result)).toEqual(value(results[0]));
    expect(await stage.jobCount('notify-appointment')).toBe(1);
    expect(refusal(await by(cancel, stage.deps, actor, same)).code).toBe('idempotency_key_reused');
  });
});

describe('a day plan', () => {
  const plan = (visits: readonly AppointmentView[], to: string, hours: readonly number[]) =>
    visits.map((visit, index) => ({
      action: 'move' as const,
      appointmentId: visit.appointmentId,
      version: visit.version,
      startsAt: at(hours[index] ?? 9),
      specialistId: to,
    }));

  test('against its clients’ own moves: all of it or nothing', async () => {
    await stage.database().db.clinic.updateMany({ data: { cancelWindowMinutes: 0 } });
    const actor = clientActor(stage.clinic.clientId);
    const visits = [];
    for (const hour of [9, 10, 11]) visits.push(value(await stage.createFacial(at(hour))));
    const [first] = visits;
    if (!first) throw new Error('no visit');
    const [planned, own] = await Promise.all([
      by(carryOutDay, stage.deps, desk, {
        ...dayOf(stage.clinic.mila),
        moves: plan(visits, stage.clinic.nora, [9, 10, 11]),
        ...key(),
      }),
      move(first, at(15), actor),
    ]);
    expect(codes([planned, own])).toEqual(['ok', 'stale']);
    const rows = await stage.database().db.appointmentItem.groupBy({ by: ['specialistId'], _count: true });
    const ofNora = rows.find(({ specialistId }) => specialistId === stage.clinic.nora)?._count ?? 0;
    expect(ofNora).toBe(planned.ok ? 3 : 0);
  });

  test('a storm of crossed plans and moves ends without a deadlock showing', async () => {
    const [ofMila, ofNora] = [[], []] as [AppointmentView[], AppointmentView[]];
    for (const hour of [9, 11, 13, 15]) {
      ofMila.push(value(await stage.createFacial(at(hour), stage.clinic.mila)));
      ofNora.push(value(await stage.createFacial(at(hour), stage.clinic.nora)));
    }
    const hours = [10, 12, 14, 16];
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        by(carryOutDay, stage.deps, desk, {
          ...dayOf(stage.clinic.mila),
          moves: plan(ofMila, stage.clinic.nora, hours),
          ...key(),
        }),
      ),
      ...Array.from({ length: 4 }, () =>
        by(carryOutDay, stage.deps, desk, {
          ...dayOf(stage.clinic.nora),
          moves: plan(ofNora, stage.clinic.mila, hours).reverse(),
          ...key(),
        }),
      ),
      ...ofMila.map((visit, index) => move(visit, at(hours[index] ?? 9), desk, stage.clinic.nora)),
      ...ofNora.map((visit, index) => move(visit, at(hours[index] ?? 9), desk, stage.clinic.mila)),
      ...hours.map((hour) => stage.holdFacial(guest(), at(hour), null)),
    ]);
    for (const code of codes(results)) expect(['ok', 'stale', 'slot_taken', 'start_unfit']).toContain(code);
    expect(results.some(({ ok }) => ok)).toBe(true);
  });

  test('a visit named twice is no plan', async () => {
    const visit = value(await stage.createFacial(at(9)));
    const [once] = plan([visit], stage.clinic.nora, [9]);
    const twice = { ...dayOf(stage.clinic.mila), moves: [once, { ...once, action: 'cancel' }], ...key() };
    expect(dayPlanInput.safeParse(twice).error?.issues).toMatchObject([
      { path: ['moves'], message: 'duplicate' },
    ]);
  });

  test('BOOK-7 a colleague’s cap holds for all that is handed over together', async () => {
    const visits = [];
    for (const hour of [9, 10, 11]) visits.push(value(await stage.createFacial(at(hour))));
    await stage.database().db.specialist.update({ where: { id: stage.clinic.nora }, data: { maxPerDay: 2 } });
    const result = await by(carryOutDay, stage.deps, desk, {
      ...dayOf(stage.clinic.mila),
      moves: plan(visits, stage.clinic.nora, [9, 10, 11]),
      ...key(),
    });
    expect(refusal(result)).toMatchObject({
      code: 'step_refused',
      because: { code: 'start_unfit', reason: 'day_limit' },
    });
    expect(
      await stage.database().db.appointmentItem.count({ where: { specialistId: stage.clinic.nora } }),
    ).toBe(0);
  });
});

describe('absences while people book', () => {
  const leaveDay = (hour: number) =>
    by(createLeave, stage.deps, desk, {
      resourceId: stage.clinic.mila,
      kind: 'sick',
      dateFrom: '2026-06-04',
      dateTo: '2026-06-04',
      startMinute: hour * 60,
      endMinute: (hour + 2) * 60,
      note: null,
    });

  test('a leave and bookings in it at once: one of both, the other is told why', async () => {
    for (const hour of [9, 12, 15]) {
      const results = await Promise.all([
        leaveDay(hour),
        stage.createFacial(at(hour)),
        stage.holdFacial(guest(), at(hour, 30)),
        leaveDay(hour),
        stage.createFacial(at(hour, 45)),
      ]);
      for (const code of codes(results))
        expect(['ok', 'slot_taken', 'start_unfit', 'visits_in_the_way']).toContain(code);
      expect(results.some(({ ok }) => ok)).toBe(true);
    }
  });

  test('a closure and bookings at once', async () => {
    const results = await Promise.all([
      by(createClosure, stage.deps, desk, {
        locationId: stage.clinic.locationId,
        dateFrom: '2026-06-04',
        dateTo: '2026-06-05',
        name: 'Inventory',
      }),
      ...[9, 10, 11, 12, 13, 14].map((hour) => stage.createFacial(at(hour), null)),
    ]);
    const [closed, ...booked] = results;
    expect(closed?.ok && booked.some(({ ok }) => ok)).toBe(false);
    for (const code of codes(results))
      expect(['ok', 'slot_taken', 'start_unfit', 'visits_in_the_way']).toContain(code);
  });
});

describe('clocks that disagree', () => {
  const runningAs = (minutes: number) => ({
    ...stage.deps,
    now: () => new Date(stage.clock.now().getTime() + minutes * 60_000),
  });

  test('P20 a worker five minutes behind leaves the hold and comes back for it', async () => {
    const held = value(await stage.holdFacial(guest(), at(10)));
    stage.clock.advanceMinutes(10);
    await expireHold(runningAs(-5), held.appointmentId);
    expect(await stage.claimCount()).toBe(1);
    expect(await stage.jobCount('expire-hold')).toBe(2);
    stage.clock.advanceMinutes(5);
    await expireHold(runningAs(-5), held.appointmentId);
    expect(await stage.claimCount()).toBe(0);
  });

  test('P20 a process five minutes ahead takes a hold early; its owner is refused kindly, nothing is given twice', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(await stage.holdFacial(actor, at(10)));
    stage.clock.advanceMinutes(6);
    const ahead = await hold(runningAs(5), guest(), {
      ...stage.facialWith(stage.clinic.mila),
      startsAt: at(10),
      ...key(),
    });
    expect(ahead.ok).toBe(true);
    const late = await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() });
    expect(refusal(late).code).toBe('hold_lapsed');
  });

  test('P20 time going backwards between any two commands breaks nothing', async () => {
    const actor = clientActor(stage.clinic.clientId);
    const held = value(await stage.holdFacial(actor, at(10)));
    stage.clock.advanceMinutes(-5);
    const booked = value(await by(book, stage.deps, actor, { appointmentId: held.appointmentId, ...key() }));
    stage.clock.advanceMinutes(-5);
    const moved = value(await move(booked, at(12)));
    stage.clock.advanceMinutes(-60);
    value(await by(cancel, stage.deps, desk, { appointmentId: moved.appointmentId, ...key() }));
    value(await stage.holdFacial(guest(), at(12)));
  });
});
