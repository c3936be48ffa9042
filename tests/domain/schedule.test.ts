import { describe, expect, test } from 'vitest';
import {
  addDays,
  type Calendar,
  expandHours,
  gridAnchors,
  type HoursException,
  type Schedule,
  startOfLocalDay,
  type WeeklyHours,
} from '../../src/domain/schedule.ts';
import { checkCalendar } from '../../src/domain/schedule-check.ts';

const at = (text: string) => Date.parse(text);
const everyDay = (
  startMinute: number,
  endMinute: number,
  breaks: WeeklyHours['breaks'] = [],
): WeeklyHours[] => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startMinute, endMinute, breaks }));
const always = (weekly: WeeklyHours[]): Schedule => ({ validFrom: null, validUntil: null, weekly });
const calendar = (zone: string, weekly: WeeklyHours[], exceptions: HoursException[] = []): Calendar => ({
  zone,
  schedules: [always(weekly)],
  exceptions,
});
const iso = (spans: readonly number[]) => spans.map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('hours become runs of work', () => {
  test('HOURS-1 intervals of a day join, breaks cut, and a break cuts the tail of the night before', () => {
    const night = [
      { weekday: 1, startMinute: 22 * 60, endMinute: 6 * 60 },
      { weekday: 2, startMinute: 5 * 60, endMinute: 12 * 60, breaks: [{ startMinute: 60, endMinute: 120 }] },
    ];
    expect(
      iso(expandHours(calendar('UTC', night), at('2026-05-04T12:00:00Z'), at('2026-05-05T23:00:00Z'))),
    ).toEqual(['2026-05-04T22:00', '2026-05-05T01:00', '2026-05-05T02:00', '2026-05-05T12:00']);
  });

  test('HOURS-3 a break after midnight inside a night shift lies on the morning after', () => {
    const night = [
      {
        weekday: 1,
        startMinute: 1320,
        endMinute: 360,
        breaks: [
          { startMinute: 60, endMinute: 120 },
          { startMinute: 1410, endMinute: 30 },
        ],
      },
    ];
    expect(
      iso(expandHours(calendar('UTC', night), at('2026-05-04T00:00:00Z'), at('2026-05-06T00:00:00Z'))),
    ).toEqual([
      '2026-05-04T22:00',
      '2026-05-04T23:30',
      '2026-05-05T00:30',
      '2026-05-05T01:00',
      '2026-05-05T02:00',
      '2026-05-05T06:00',
    ]);
  });

  test('HOURS-4 exceptions: closed beats all, other hours replace, extra ones add, a closed day keeps the tail of the night before', () => {
    const on = (
      dateFrom: string,
      kind: HoursException['kind'],
      ...spans: [number, number][]
    ): HoursException => ({
      dateFrom,
      dateTo: dateFrom,
      kind,
      intervals: spans.map(([startMinute, endMinute]) => ({ startMinute, endMinute })),
    });
    const weekly = everyDay(1320, 120);
    const hours = (...exceptions: HoursException[]) =>
      iso(
        expandHours(
          calendar('UTC', weekly, exceptions),
          at('2026-05-05T00:00:00Z'),
          at('2026-05-06T00:00:00Z'),
        ),
      );
    expect(hours()).toEqual(['2026-05-04T22:00', '2026-05-05T02:00', '2026-05-05T22:00', '2026-05-06T02:00']);
    expect(hours(on('2026-05-05', 'closed'), on('2026-05-05', 'extra', [600, 660]))).toEqual([
      '2026-05-04T22:00',
      '2026-05-05T02:00',
    ]);
    expect(hours(on('2026-05-05', 'replace', [600, 660]), on('2026-05-05', 'extra', [660, 720]))).toEqual([
      '2026-05-04T22:00',
      '2026-05-05T02:00',
      '2026-05-05T10:00',
      '2026-05-05T12:00',
    ]);
    expect(hours(on('2026-05-05', 'break', [60, 90]))).toEqual([
      '2026-05-04T22:00',
      '2026-05-05T01:00',
      '2026-05-05T01:30',
      '2026-05-05T02:00',
      '2026-05-05T22:00',
      '2026-05-06T02:00',
    ]);
  });

  test('HOURS-2 a schedule holds from and until its dates, both included', () => {
    const schedules: Schedule[] = [
      { validFrom: null, validUntil: '2026-05-04', weekly: everyDay(540, 600) },
      { validFrom: '2026-05-05', validUntil: null, weekly: everyDay(720, 780) },
    ];
    expect(
      iso(
        expandHours(
          { zone: 'UTC', schedules, exceptions: [] },
          at('2026-05-04T00:00:00Z'),
          at('2026-05-06T00:00:00Z'),
        ),
      ),
    ).toEqual(['2026-05-04T09:00', '2026-05-04T10:00', '2026-05-05T12:00', '2026-05-05T13:00']);
  });

  test('HOURS-7 a date the calendar never had has no hours', () => {
    const apia = calendar('Pacific/Apia', [{ weekday: 5, startMinute: 540, endMinute: 600 }]);
    expect(expandHours(apia, at('2011-12-28T00:00:00Z'), at('2012-01-03T00:00:00Z'))).toEqual([]);
    const night = calendar('Pacific/Apia', [{ weekday: 4, startMinute: 1320, endMinute: 360 }]);
    expect(iso(expandHours(night, at('2011-12-28T00:00:00Z'), at('2012-01-03T00:00:00Z')))).toEqual([
      '2011-12-30T08:00',
      '2011-12-30T16:00',
    ]);
  });

  test('HOURS-8 the hours of a day of change are as long as they really are', () => {
    const lengths = (zone: string, day: string) => {
      const runs = expandHours(
        calendar(zone, everyDay(0, 360)),
        startOfLocalDay(day, zone),
        startOfLocalDay(addDays(day, 1), zone),
      );
      return ((runs[1] ?? 0) - (runs[0] ?? 0)) / 60_000;
    };
    expect(lengths('Europe/London', '2026-03-29')).toBe(300);
    expect(lengths('Europe/London', '2026-10-25')).toBe(420);
    expect(lengths('Australia/Lord_Howe', '2026-04-05')).toBe(390);
    expect(lengths('Africa/Cairo', '2026-04-24')).toBe(300);
  });

  test('START-2 a run without end is stepped from each midnight, wherever one looks from', () => {
    const open = calendar('Europe/London', everyDay(0, 1440));
    const runs = expandHours(open, at('2026-03-01T00:00:00Z'), at('2026-03-31T00:00:00Z'));
    expect(runs).toHaveLength(2);
    const anchors = gridAnchors(runs, 'Europe/London');
    const last = anchors.slice(-6).filter((_, i) => i % 3 === 0);
    expect(iso(last)).toEqual(['2026-03-30T23:00', '2026-03-31T23:00']);
  });

  test('an empty window, no schedule and empty intervals give nothing', () => {
    const open = calendar('UTC', everyDay(540, 600));
    expect(expandHours(open, 10, 10)).toEqual([]);
    expect(expandHours(calendar('UTC', everyDay(540, 540)), 0, 864e5)).toEqual([]);
    expect(expandHours({ zone: 'UTC', schedules: [], exceptions: [] }, 0, 864e5)).toEqual([]);
  });
});

describe('HOURS-9 hours that cannot be are told field by field', () => {
  const codes = (given: Calendar) => checkCalendar(given).map(({ path, code }) => `${path}: ${code}`);
  const weekly = (...rows: WeeklyHours[]) => codes(calendar('Europe/Riga', rows));

  test('good hours have no issues, nights and their breaks included', () => {
    expect(
      weekly(...everyDay(1320, 360, [{ startMinute: 60, endMinute: 90 }]), {
        weekday: 1,
        startMinute: 540,
        endMinute: 1320,
      }),
    ).toEqual([]);
  });
  test('overlaps, on a day, over midnight and over the end of the week', () => {
    expect(
      weekly(
        { weekday: 1, startMinute: 540, endMinute: 720 },
        { weekday: 1, startMinute: 700, endMinute: 800 },
      ),
    ).toEqual(['schedules.0.weekly.1: intervals_overlap']);
    expect(
      weekly(
        { weekday: 7, startMinute: 1320, endMinute: 360 },
        { weekday: 1, startMinute: 300, endMinute: 400 },
      ),
    ).toEqual(['schedules.0.weekly.1: intervals_overlap']);
    expect(
      weekly(
        { weekday: 1, startMinute: 540, endMinute: 720 },
        { weekday: 1, startMinute: 720, endMinute: 800 },
      ),
    ).toEqual([]);
  });
  test('breaks outside of hours, or into one another', () => {
    const breaks = [
      { startMinute: 500, endMinute: 550 },
      { startMinute: 600, endMinute: 660 },
      { startMinute: 650, endMinute: 680 },
    ];
    expect(weekly({ weekday: 1, startMinute: 540, endMinute: 720, breaks })).toEqual([
      'schedules.0.weekly.0.breaks.0: break_outside_hours',
      'schedules.0.weekly.0.breaks.2: breaks_overlap',
    ]);
    expect(
      weekly({
        weekday: 1,
        startMinute: 1320,
        endMinute: 360,
        breaks: [{ startMinute: 350, endMinute: 400 }],
      }),
    ).toEqual(['schedules.0.weekly.0.breaks.0: break_outside_hours']);
  });
  test('numbers and dates out of range, unknown zones, exceptions that say nothing', () => {
    const odd: Calendar = {
      zone: 'Europe/Atlantis',
      schedules: [
        {
          validFrom: '2026-05-05',
          validUntil: '2026-05-01',
          weekly: [{ weekday: 8, startMinute: -1, endMinute: 1441 }],
        },
        {
          validFrom: '2026-02-30',
          validUntil: null,
          weekly: [{ weekday: 1, startMinute: 60, endMinute: 60 }],
        },
      ],
      exceptions: [
        { dateFrom: '2026-05-05', dateTo: '2026-05-04', kind: 'replace', intervals: [] },
        {
          dateFrom: 'x',
          dateTo: '2026-05-04',
          kind: 'closed',
          intervals: [{ startMinute: 0, endMinute: 60 }],
        },
      ],
    };
    expect(codes(odd)).toEqual([
      'zone: zone_unknown',
      'schedules.0.validUntil: end_before_start',
      'schedules.0.weekly.0.weekday: weekday_invalid',
      'schedules.0.weekly.0.startMinute: minute_invalid',
      'schedules.0.weekly.0.endMinute: minute_invalid',
      'schedules.1.validFrom: date_invalid',
      'schedules.1.weekly.0.endMinute: interval_empty',
      'exceptions.0.dateTo: end_before_start',
      'exceptions.0.intervals: intervals_required',
      'exceptions.1.dateFrom: date_invalid',
      'exceptions.1.intervals: intervals_unexpected',
    ]);
  });
  test('two schedules in force on one date', () => {
    const schedules = [
      { validFrom: null, validUntil: '2026-05-05', weekly: [] },
      { validFrom: '2026-05-05', validUntil: null, weekly: [] },
    ];
    expect(codes({ zone: 'UTC', schedules, exceptions: [] })).toEqual([
      'schedules.1.validFrom: schedules_overlap',
    ]);
  });
});
