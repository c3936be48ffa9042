import { describe, expect, test } from 'vitest';
import { type PlanRequestItem, resolvePlan } from '../../src/domain/plan.ts';
import type { Calendar } from '../../src/domain/schedule.ts';
import {
  assignmentFor,
  busyOf,
  type Candidate,
  claimsOf,
  claimsRange,
  countPerDay,
  defaultStartPolicy,
  findStarts,
  fitsAt,
  type StartPolicy,
  type StartsInput,
} from '../../src/domain/starts.ts';

const day = (time: string) => Date.parse(`2026-05-06T${time}:00Z`);
const span = (from: string, to: string) => [day(from), day(to)];
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);

/** Wednesdays 09:00–12:00 UTC. */
const morning: Calendar = {
  zone: 'UTC',
  schedules: [
    { validFrom: null, validUntil: null, weekly: [{ weekday: 3, startMinute: 540, endMinute: 720 }] },
  ],
  exceptions: [],
};

type ItemShape = {
  by: string;
  minutes: number;
  before?: number;
  after?: number;
  processing?: { afterMinutes: number; minutes: number };
  rooms?: number;
};
function candidate(...items: ItemShape[]): Candidate {
  const plan = resolvePlan({
    slotStepMinutes: 5,
    items: items.map(
      ({ by, minutes, before = 0, after = 0, processing, rooms = 0 }, i): PlanRequestItem => ({
        service: {
          id: `s${i}`,
          name: 's',
          baseMinutes: minutes,
          priceMinor: 0,
          bufferBeforeMinutes: before,
          bufferAfterMinutes: after,
          processing: processing ?? null,
          requires: rooms > 0 ? [{ kind: 'room', type: 'cabin', count: rooms }] : [],
        },
        techniques: [],
        chosenTechniqueIds: [],
        specialist: { id: by, services: {}, techniques: {}, masteredTechniqueIds: null },
      }),
    ),
  });
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  return { specialistId: items[0]?.by ?? '', plan: plan.value };
}
function ask(
  candidates: Candidate[],
  busy: Record<string, number[]> = {},
  policy: Partial<StartPolicy> = {},
  more: Partial<StartsInput> = {},
): StartsInput {
  return {
    candidates,
    calendars: new Map([
      ['ann', morning],
      ['ben', morning],
    ]),
    pools: new Map([['room:cabin', ['r1', 'r2']]]),
    busy: new Map(Object.entries(busy)),
    policy: { ...defaultStartPolicy, stepMinutes: 30, ...policy },
    window: { fromMs: day('00:00'), toMs: day('23:00') },
    nowMs: day('00:00') - 864e5,
    ...more,
  };
}
const times = (input: StartsInput) => findStarts(input).map(({ startsAt }) => clock(startsAt));
const hour = candidate({ by: 'ann', minutes: 60 });

describe('alignment', () => {
  const busy = { ann: span('10:10', '10:40') };
  test('START-2 schedule: the grid of the hours, visits do not move it', () =>
    expect(times(ask([hour], busy))).toEqual(['09:00', '11:00']));
  test('START-3 gap: the grid begins anew where a visit ends', () =>
    expect(times(ask([hour], busy, { align: 'gap' }))).toEqual(['09:00', '10:40']));
  test('START-4 tight: the grid, and the instant a visit ends, the buffer before heeded', () => {
    expect(times(ask([hour], busy, { align: 'tight' }))).toEqual(['09:00', '10:40', '11:00']);
    const buffered = candidate({ by: 'ann', minutes: 60, before: 5 });
    expect(times(ask([buffered], busy, { align: 'tight' }))).toEqual(['09:00', '10:45', '11:00']);
  });
  test('START-5 no crumbs: nothing that leaves a free stretch too short to sell', () => {
    const input = ask([hour], {}, { noCrumbsMinutes: 45 });
    expect(times(input)).toEqual(['09:00', '10:00', '11:00']);
    expect(fitsAt(input, 'ann', day('09:30')).reasons).toEqual(['crumbs']);
    expect(
      times(ask([hour], { ann: span('11:00', '11:30') }, { noCrumbsMinutes: 45, stepMinutes: 15 })),
    ).toEqual(['09:00', '10:00']);
  });
});

describe('processing time and several specialists', () => {
  const mask = candidate({ by: 'ann', minutes: 60, processing: { afterMinutes: 15, minutes: 30 }, rooms: 1 });
  test('START-6 the specialist is free while the room is not: another visit of hers fits in', () => {
    const claims = assignmentFor(ask([mask]), 'ann', day('09:00'))?.claims ?? [];
    expect(
      claims.map(({ resourceId, startMs, endMs }) => [resourceId, clock(startMs), clock(endMs)]),
    ).toEqual([
      ['ann', '09:00', '09:15'],
      ['ann', '09:45', '10:00'],
      ['r1', '09:00', '10:00'],
    ]);
    const quick = candidate({ by: 'ann', minutes: 30, rooms: 1 });
    const busy = busyOf(
      claims.map((claim) => ({ ...claim, appointmentId: 'v', heldUntilMs: null })),
      0,
    );
    const input = ask([quick], {}, { stepMinutes: 15 }, { busy });
    expect(times(input)[0]).toBe('09:15');
    expect(assignmentFor(input, 'ann', day('09:15'))?.resources).toEqual([['r2']]);
  });
  test('START-6 two services back to back, each specialist claimed for his own stretch', () => {
    const pair = candidate({ by: 'ann', minutes: 30, after: 10 }, { by: 'ben', minutes: 60 });
    const input = ask([pair], { ben: span('09:00', '10:00') });
    expect(times(input)).toEqual(['09:30', '10:00', '10:30']);
    expect(
      assignmentFor(input, 'ann', day('09:30'))?.claims.map(({ resourceId, startMs, endMs }) => [
        resourceId,
        clock(startMs),
        clock(endMs),
      ]),
    ).toEqual([
      ['ann', '09:30', '10:10'],
      ['ben', '10:00', '11:00'],
    ]);
  });
});

describe('rooms', () => {
  test('START-9 the client keeps one room through the visit where one can be kept', () => {
    const two = candidate(
      { by: 'ann', minutes: 30, rooms: 1, after: 10 },
      { by: 'ben', minutes: 30, rooms: 1 },
    );
    const busy = { r1: span('09:30', '10:00') };
    expect(assignmentFor(ask([two], busy), 'ann', day('09:00'))?.resources).toEqual([['r2'], ['r2']]);
    const noOne = { r1: span('09:40', '10:00'), r2: span('09:00', '09:10') };
    expect(assignmentFor(ask([two], noOne), 'ann', day('09:00'))?.resources).toEqual([['r1'], ['r2']]);
    expect(
      assignmentFor(ask([two]), 'ann', day('09:00'))?.claims.filter(({ resourceId }) => resourceId === 'r1'),
    ).toHaveLength(1);
  });
  test('START-9 count 2 needs two rooms at once', () => {
    const big = candidate({ by: 'ann', minutes: 60, rooms: 2 });
    expect(times(ask([big], { r2: span('09:30', '10:30') }))).toEqual(['10:30', '11:00']);
    expect(claimsOf(big.plan, [['r2', 'r1']], 0).map(({ resourceId }) => resourceId)).toEqual([
      'ann',
      'r1',
      'r2',
    ]);
  });
});

describe('START-12 why a start does not fit', () => {
  const reasons = (input: StartsInput, time: string) => fitsAt(input, 'ann', day(time)).reasons;
  test('hours, grid and the past', () => {
    expect(reasons(ask([hour]), '09:00')).toEqual([]);
    expect(reasons(ask([hour]), '08:30')).toEqual(['outside_hours']);
    expect(reasons(ask([hour]), '11:30')).toEqual(['outside_hours']);
    expect(reasons(ask([hour]), '09:10')).toEqual(['not_on_grid']);
    expect(reasons(ask([hour], {}, {}, { nowMs: day('09:30') }), '09:00')).toEqual(['in_past']);
  });
  test('notice, cut-off and horizon', () => {
    const nowMs = day('08:00');
    expect(reasons(ask([hour], {}, { minNoticeMinutes: 61 }, { nowMs }), '09:00')).toEqual(['notice']);
    expect(reasons(ask([hour], {}, { minNoticeMinutes: 60 }, { nowMs }), '09:00')).toEqual([]);
    expect(
      reasons(ask([hour], {}, { minNoticeMinutes: 60, noticeInclusive: false }, { nowMs }), '09:00'),
    ).toEqual(['notice']);
    expect(reasons(ask([hour], {}, { sameDayCutoffMinute: 480 }, { nowMs }), '09:00')).toEqual([
      'same_day_cutoff',
    ]);
    expect(reasons(ask([hour], {}, { sameDayCutoffMinute: 481 }, { nowMs }), '09:00')).toEqual([]);
    expect(reasons(ask([hour], {}, { horizonDays: 0 }), '09:00')).toEqual(['horizon']);
    expect(reasons(ask([hour], {}, { horizonDays: 1 }), '09:00')).toEqual([]);
  });
  test('busy, rooms and the cap of the day; what staff may override keeps its assignment', () => {
    expect(fitsAt(ask([hour], { ann: span('09:30', '10:00') }), 'ann', day('09:00'))).toEqual({
      reasons: ['busy'],
      assignment: null,
    });
    const roomy = candidate({ by: 'ann', minutes: 60, rooms: 1 });
    const full = { r1: span('09:00', '10:00'), r2: span('09:30', '10:00') };
    expect(fitsAt(ask([roomy], full), 'ann', day('09:00'))).toEqual({
      reasons: ['resource_busy'],
      assignment: null,
    });
    expect(reasons(ask([roomy], {}, {}, { pools: new Map() }), '09:00')).toEqual(['no_resource']);
    const counts = countPerDay([day('10:00'), day('11:00')], 'UTC');
    const capped = ask([hour], {}, {}, { dayLimits: new Map([['ann', { maxPerDay: 2, counts }]]) });
    expect(reasons(capped, '09:00')).toEqual(['day_limit']);
    expect(times(capped)).toEqual([]);
    expect(fitsAt(ask([roomy]), 'ann', day('08:30')).assignment?.resources).toEqual([['r1']]);
  });
  test('a closed room is a matter of hours, a specialist without a calendar never works', () => {
    const closed: Calendar = { ...morning, schedules: [] };
    const roomy = candidate({ by: 'ann', minutes: 60, rooms: 1 });
    const rooms = {
      calendars: new Map([
        ['ann', morning],
        ['r1', closed],
        ['r2', closed],
      ]),
    };
    expect(times(ask([roomy], {}, {}, rooms))).toEqual([]);
    const fit = fitsAt(ask([roomy], {}, {}, rooms), 'ann', day('09:00'));
    expect([fit.reasons, fit.assignment?.resources]).toEqual([['outside_hours'], [['r1']]]);
    expect(times(ask([hour], {}, {}, { calendars: new Map() }))).toEqual([]);
    expect(reasons(ask([hour], {}, {}, { calendars: new Map() }), '09:00')).toEqual(['outside_hours']);
  });
});

describe('START-8 which claims count', () => {
  const claim = (resourceId: string, appointmentId: string | null, heldUntilMs: number | null) => ({
    resourceId,
    appointmentId,
    heldUntilMs,
    startMs: 100,
    endMs: 200,
  });
  test('a hold lives while its end lies in the future; the visit being moved is left out', () => {
    const rows = [
      claim('a', 'held', 1000),
      claim('b', 'lapsed', 999),
      claim('c', 'edge', 1000),
      claim('d', 'mine', null),
      claim('e', null, null),
    ];
    expect([...busyOf(rows, 999, new Set(['mine']))]).toEqual([
      ['a', [100, 200]],
      ['c', [100, 200]],
      ['e', [100, 200]],
    ]);
    expect([...busyOf(rows, 1000).keys()]).toEqual(['d', 'e']);
  });
  test('the range of claims to read reaches past the window by the visit and its buffers', () => {
    const wide = candidate({ by: 'ann', minutes: 60, before: 15, after: 30 });
    const { fromMs, toMs } = claimsRange(ask([wide]));
    expect(fromMs).toBeLessThanOrEqual(day('00:00') - 15 * 60_000);
    expect(toMs).toBeGreaterThanOrEqual(day('23:00') + 90 * 60_000);
  });
});
