import fc from 'fast-check';
import { resolvePlan, type ServiceTerms } from '../../src/domain/plan.ts';
import { type Calendar, startOfLocalDay, type WallSpan } from '../../src/domain/schedule.ts';
import { type Candidate, defaultStartPolicy, type StartsInput } from '../../src/domain/starts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Zones with the first day of a window that holds one of their clock changes (or none, for quiet ones). */
const days: readonly (readonly [string, string])[] = [
  ['UTC', '2026-05-04'],
  ['Europe/London', '2026-03-28'],
  ['Europe/London', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Africa/Cairo', '2026-04-23'],
  ['Africa/Cairo', '2026-10-29'],
  ['Asia/Beirut', '2026-03-28'],
  ['America/Santiago', '2026-09-05'],
  ['America/Havana', '2026-10-31'],
  ['America/St_Johns', '2026-03-07'],
  ['Pacific/Chatham', '2026-04-04'],
  ['Africa/Casablanca', '2026-03-21'],
  ['Asia/Kathmandu', '2026-05-04'],
  ['Asia/Tehran', '2026-03-20'],
  ['Pacific/Apia', '2011-12-29'],
  ['America/Scoresbysund', '2024-03-30'],
];

const minute = (max: number) => fc.integer({ min: 0, max: max / 5 }).map((fives) => fives * 5);
const wallSpan: fc.Arbitrary<WallSpan> = fc.record({ startMinute: minute(1435), endMinute: minute(1440) });
const breaks = fc.oneof(
  { weight: 3, arbitrary: fc.constant<WallSpan[]>([]) },
  fc.array(wallSpan, { maxLength: 1 }),
);
const hours = fc.oneof(
  fc.record({ startMinute: minute(1435), endMinute: minute(1440), breaks }),
  fc.record({ startMinute: minute(600), endMinute: minute(840).map((each) => each + 600), breaks }),
);

function calendar(zone: string, from: string): fc.Arbitrary<Calendar> {
  const day = fc.integer({ min: -2, max: 4 }).map((offset) => plusDays(from, offset));
  return fc.record({
    zone: fc.constant(zone),
    schedules: fc.array(
      fc.record({
        validFrom: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, day),
        validUntil: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, day),
        weekly: fc.array(
          fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([weekday, each]) => ({ weekday, ...each })),
          { minLength: 4, maxLength: 16 },
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    exceptions: fc.array(
      fc.record({
        dateFrom: day,
        dateTo: day,
        kind: fc.constantFrom('closed' as const, 'replace' as const, 'extra' as const, 'break' as const),
        intervals: fc.array(hours, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  });
}

function plusDays(date: string, offset: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + offset * 24 * HOUR).toISOString().slice(0, 10);
}

const service: fc.Arbitrary<ServiceTerms> = fc.record({
  id: fc.constantFrom('cut', 'colour'),
  name: fc.constant('a service'),
  baseMinutes: fc.oneof(fc.integer({ min: 5, max: 120 }), fc.constantFrom(15, 30, 45)),
  priceMinor: fc.constant(0),
  bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 20),
  bufferAfterMinutes: fc.constantFrom(0, 0, 10, 35),
  processing: fc.option(fc.constantFrom({ afterMinutes: 5, minutes: 20 }, { afterMinutes: 10, minutes: 0 }), {
    freq: 3,
  }),
  requires: fc.constantFrom(
    [],
    [],
    [{ kind: 'room' as const, type: 'room', count: 1 }],
    [{ kind: 'room' as const, type: 'room', count: 2 }],
    [
      { kind: 'room' as const, type: 'room', count: 1 },
      { kind: 'device' as const, type: 'laser', count: 1 },
    ],
  ),
});

/** Visits of one or two services by one or two specialists, rooms with and without hours, claims, caps and policies, mostly around clock changes. */
export const startsInput: fc.Arbitrary<StartsInput> = fc.constantFrom(...days).chain(inputAround);

/** The same around a day of the caller's choice. */
export function inputAround([zone, from]: readonly [zone: string, from: string]): fc.Arbitrary<StartsInput> {
  const beginsMs = startOfLocalDay(from, zone);
  const claim = fc
    .tuple(fc.integer({ min: -1000, max: 4500 }), fc.integer({ min: 1, max: 200 }))
    .map(([start, length]) => [beginsMs + start * MINUTE, beginsMs + (start + length) * MINUTE]);
  const claims = fc.array(claim, { maxLength: 5 }).map((list) => list.flat());
  return fc
    .record({
      services: fc.array(service, { minLength: 1, maxLength: 2 }),
      second: fc.constantFrom(false, false, true),
      ann: calendar(zone, from),
      ben: fc.oneof(calendar(zone, from), calendar('Asia/Kolkata', from)),
      roomHours: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, calendar(zone, from)),
      busy: fc.tuple(claims, claims, claims, claims, claims),
      step: fc.constantFrom(5, 15, 20, 45, 60),
      rounding: fc.constantFrom(1, 15),
      notice: fc.constantFrom(0, 0, 47, 600),
      horizon: fc.constantFrom(null, null, null, 0, 1, 2),
      cutoff: fc.constantFrom(null, null, null, 600),
      mayExceed: fc.boolean(),
      inclusive: fc.boolean(),
      now: fc.oneof(fc.integer({ min: -900, max: 0 }), fc.integer({ min: -600, max: 1500 })),
      window: fc.tuple(fc.integer({ min: -300, max: 1200 }), fc.integer({ min: 0, max: 3000 })),
      cap: fc.constantFrom(null, null, 0, 1, 2),
      counts: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
        maxLength: 3,
      }),
    })
    .map((parts): StartsInput => {
      const people = ['ann', 'ben'];
      const candidates: Candidate[] = [];
      for (const lead of people) {
        const other = parts.second ? people.find((id) => id !== lead) : lead;
        const plan = resolvePlan({
          slotStepMinutes: parts.rounding,
          items: parts.services.map((each, index) => ({
            service: each,
            techniques: [],
            chosenTechniqueIds: [],
            specialist: {
              id: index === 0 ? lead : (other ?? lead),
              services: {},
              techniques: {},
              masteredTechniqueIds: null,
            },
          })),
        });
        if (plan.ok) candidates.push({ specialistId: lead, plan: plan.value });
      }
      const ids = ['ann', 'ben', 'r1', 'r2', 'l1'];
      const calendars = new Map([
        ['ann', parts.ann],
        ['ben', parts.ben],
      ]);
      if (parts.roomHours) calendars.set('r1', parts.roomHours);
      const [startsIn, lasts] = parts.window;
      return {
        candidates,
        calendars,
        pools: new Map([
          ['room:room', ['r1', 'r2']],
          ['device:laser', ['l1']],
        ]),
        busy: new Map(ids.map((id, index) => [id, parts.busy[index] ?? []])),
        dayLimits:
          parts.cap === null
            ? new Map()
            : new Map([
                [
                  'ann',
                  {
                    maxPerDay: parts.cap,
                    counts: new Map(parts.counts.map(([offset, n]) => [plusDays(from, offset), n])),
                  },
                ],
              ]),
        policy: {
          ...defaultStartPolicy,
          stepMinutes: parts.step,
          minNoticeMinutes: parts.notice,
          horizonDays: parts.horizon,
          sameDayCutoffMinute: parts.cutoff,
          bufferMayExceedHours: parts.mayExceed,
          noticeInclusive: parts.inclusive,
        },
        window: { fromMs: beginsMs + startsIn * MINUTE, toMs: beginsMs + (startsIn + lasts) * MINUTE },
        nowMs: beginsMs + parts.now * MINUTE,
      };
    });
}
