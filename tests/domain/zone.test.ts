import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  isDate,
  isKnownZone,
  localDateOf,
  minuteOfDay,
  offsetAt,
  startOfLocalDay,
  UnknownZoneError,
  wallToInstant,
  wallToInstantStrict,
  weekdayOf,
} from '../../src/domain/zone.ts';

const at = (text: string) => Date.parse(text);

describe('zones', () => {
  const zones = [
    'UTC',
    'Europe/London',
    'Europe/Riga',
    'America/New_York',
    'America/St_Johns',
    'America/Santiago',
    'America/Havana',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Beirut',
    'Asia/Tehran',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Asia/Gaza',
    'Australia/Lord_Howe',
    'Australia/Adelaide',
    'Pacific/Chatham',
    'Pacific/Apia',
    'Pacific/Auckland',
    'America/Scoresbysund',
    'Antarctica/Troll',
  ];
  test.each(zones)('HOURS-5 offsets and wall-clock times of %s are those of the zone data', (zone) => {
    for (const from of [
      '2011-12-20T00:00:00Z',
      '2023-01-01T00:00:00Z',
      '2026-02-25T00:00:00Z',
      '2026-09-01T00:00:00Z',
      '2041-03-01T00:00:00Z',
    ])
      for (let ms = at(from), n = 0; n < 110; n += 1, ms += 17_710_000) {
        const moment = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        expect(offsetAt(ms, zone)).toBe(moment.offsetNanoseconds / 1e6);
        expect(localDateOf(ms, zone)).toBe(moment.toPlainDate().toString());
        expect(minuteOfDay(ms, zone)).toBe(moment.hour * 60 + moment.minute);
        const wall = Temporal.PlainDateTime.from('2026-03-01')
          .with({ year: moment.year, month: moment.month, day: moment.day })
          .add({ minutes: (n * 7) % 1440 });
        const minute = wall.hour * 60 + wall.minute;
        for (const [ambiguous, disambiguation] of [
          ['earlier', 'compatible'],
          ['later', 'later'],
        ] as const) {
          const expected = wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
          expect(wallToInstant(wall.toPlainDate().toString(), minute, zone, ambiguous)).toBe(expected);
        }
        expect(startOfLocalDay(moment.toPlainDate().toString(), zone)).toBe(
          moment.startOfDay().epochMilliseconds,
        );
      }
  });

  test('HOURS-6 a repeated time is the earlier one, a skipped one moves forward and says so', () => {
    expect(wallToInstantStrict('2026-10-25', 90, 'Europe/London')).toEqual({
      instantMs: at('2026-10-25T00:30:00Z'),
      kind: 'repeated',
    });
    expect(wallToInstant('2026-10-25', 90, 'Europe/London', 'later')).toBe(at('2026-10-25T01:30:00Z'));
    expect(wallToInstantStrict('2026-03-29', 90, 'Europe/London')).toEqual({
      instantMs: at('2026-03-29T01:30:00Z'),
      kind: 'gap',
    });
    expect(wallToInstantStrict('2026-03-29', 150, 'Europe/London').kind).toBe('exact');
    expect(wallToInstantStrict('2011-12-30', 600, 'Pacific/Apia')).toEqual({
      instantMs: at('2011-12-30T20:00:00Z'),
      kind: 'gap',
    });
  });

  test('zones and dates that do not exist are told from those that do', () => {
    for (const zone of ['Europe/Riga', 'UTC', 'America/Argentina/Buenos_Aires'])
      expect(isKnownZone(zone)).toBe(true);
    for (const zone of ['', 'Mars/Olympus', '+02:00', 'Europe/Riga ', '../etc', 'x'.repeat(5000)])
      expect(isKnownZone(zone)).toBe(false);
    expect(() => offsetAt(0, 'Mars/Olympus')).toThrow(UnknownZoneError);
    expect(isDate('2028-02-29')).toBe(true);
    for (const date of ['2027-02-29', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00'])
      expect(isDate(date)).toBe(false);
    expect(() => weekdayOf('2027-02-29')).toThrow(RangeError);
  });

  test('calendar arithmetic', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect([weekdayOf('2026-05-04'), weekdayOf('2026-05-10'), weekdayOf('1969-12-31')]).toEqual([1, 7, 3]);
  });
});
