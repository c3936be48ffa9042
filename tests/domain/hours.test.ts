import { describe, expect, test } from 'vitest';
import {
  createLeaveInput,
  cutIntoDays,
  daySpan,
  leaveSpan,
  leaveTimes,
  saveExceptionInput,
  saveScheduleInput,
} from '../../src/domain/hours.ts';
import { timeZone } from '../../src/domain/location.ts';
import { weeklyMinutes } from '../../src/domain/weekly-hours.ts';

const id = '00000000-0000-4000-8000-000000000001';
const issuesOf = (parsed: {
  success: boolean;
  error?: { issues: { path: PropertyKey[]; message: string }[] };
}) => parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
const day = (weekday: number, startMinute: number, endMinute: number, breaks: [number, number][] = []) => ({
  weekday,
  startMinute,
  endMinute,
  breaks: breaks.map(([start, end]) => ({ startMinute: start, endMinute: end })),
});
const week = (weekly: ReturnType<typeof day>[], validity: { validFrom?: string; validUntil?: string } = {}) =>
  issuesOf(
    saveScheduleInput.safeParse({
      scheduleId: null,
      version: null,
      resourceId: id,
      locationId: id,
      validFrom: null,
      validUntil: null,
      ...validity,
      weekly,
    }),
  );

describe('weekly hours', () => {
  test('several stretches, breaks, nights', () => {
    expect(
      week([day(1, 540, 780), day(1, 840, 1080, [[900, 915]]), day(5, 1320, 120), day(6, 120, 300)]),
    ).toEqual([]);
    expect(week([day(3, 0, 1440), day(4, 0, 1440)])).toEqual([]);
    // The night's own morning may have its break.
    expect(week([day(1, 1320, 360, [[120, 150]])])).toEqual([]);
  });
  test('overlaps, the same day and over midnight and Sunday', () => {
    expect(week([day(1, 540, 780), day(1, 720, 900)])).toEqual(['weekly.1.startMinute intervals_overlap']);
    expect(week([day(1, 1320, 120), day(2, 60, 300)])).toEqual(['weekly.1.startMinute intervals_overlap']);
    expect(week([day(1, 60, 300), day(7, 1320, 120)])).toEqual(['weekly.1.startMinute intervals_overlap']);
  });
  test('breaks outside of hours or into each other', () => {
    expect(week([day(1, 540, 1080, [[480, 600]])])).toEqual([
      'weekly.0.breaks.0.startMinute break_outside_hours',
    ]);
    expect(week([day(1, 540, 1080, [[1050, 1100]])])).toEqual([
      'weekly.0.breaks.0.startMinute break_outside_hours',
    ]);
    expect(
      week([
        day(1, 540, 1080, [
          [600, 660],
          [630, 700],
        ]),
      ]),
    ).toEqual(['weekly.0.breaks.1.startMinute breaks_overlap']);
  });
  test('nothing at all, and times that are none', () => {
    expect(week([day(1, 540, 540)])).toEqual(['weekly.0.endMinute interval_empty']);
    expect(week([day(1, 540, 1500)])).toEqual(['weekly.0.endMinute time']);
    expect(week([day(8, 540, 600)])).toEqual(['weekly.0.weekday invalid']);
  });
  test('validity that ends before it begins, dates that are none', () => {
    expect(week([], { validFrom: '2026-06-02', validUntil: '2026-06-01' })).toEqual([
      'validUntil ends_before_start',
    ]);
    expect(week([], { validFrom: '2026-02-30' })).toEqual(['validFrom date']);
  });
  test('are summed without their breaks', () =>
    expect(weeklyMinutes([day(1, 540, 1080, [[780, 840]]), day(5, 1320, 120)])).toBe(480 + 240));
});

const exception = (changes: object) =>
  issuesOf(
    saveExceptionInput.safeParse({
      exceptionId: null,
      version: null,
      resourceId: id,
      dateFrom: '2026-06-01',
      dateTo: '2026-06-01',
      kind: 'replace',
      intervals: [{ startMinute: 600, endMinute: 720, breaks: [] }],
      note: null,
      ...changes,
    }),
  );

describe('days that differ', () => {
  test('need what their kind needs', () => {
    expect(exception({})).toEqual([]);
    expect(exception({ kind: 'closed', intervals: [] })).toEqual([]);
    expect(exception({ kind: 'closed' })).toEqual(['intervals intervals_unexpected']);
    expect(exception({ intervals: [] })).toEqual(['intervals intervals_required']);
    expect(exception({ dateTo: '2026-05-31' })).toEqual(['dateTo ends_before_start']);
    expect(exception({ dateTo: '2036-05-31' })).toEqual(['dateTo too_many_days']);
  });
});

const leave = (changes: object = {}) => ({
  resourceId: id,
  kind: 'holiday',
  dateFrom: '2026-03-28',
  dateTo: '2026-03-29',
  startMinute: null,
  endMinute: null,
  note: '',
  ...changes,
});

describe('leave', () => {
  test('whole days are as long as the clock makes them', () => {
    const input = createLeaveInput.parse(leave());
    // The night of 29 March 2026 loses an hour in Berlin.
    expect(leaveSpan(input, 'Europe/Berlin')).toEqual({
      startMs: Date.parse('2026-03-28T00:00+01:00'),
      endMs: Date.parse('2026-03-30T00:00+02:00'),
    });
    expect(input.note).toBeNull();
  });
  test('a time the clock skips is said at its field', () => {
    const input = createLeaveInput.parse(leave({ dateFrom: '2026-03-29', startMinute: 150, endMinute: 600 }));
    expect(leaveSpan(input, 'Europe/Berlin')).toEqual({ path: 'startMinute', code: 'clock_gap' });
    expect(leaveSpan(input, 'Europe/London')).not.toHaveProperty('code');
  });
  test('is edited as it was entered, on days that are longer or shorter too', () => {
    for (const changes of [
      {},
      { dateFrom: '2026-10-25', dateTo: '2026-10-25' },
      { startMinute: 540, endMinute: 1080 },
      { dateTo: '2026-03-28', startMinute: 0, endMinute: 780 },
      { startMinute: 600, endMinute: 1440 },
    ]) {
      const { resourceId: _, kind: __, note: ___, ...times } = createLeaveInput.parse(leave(changes));
      for (const zone of ['Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu']) {
        const span = leaveSpan({ kind: 'holiday', note: null, ...times }, zone);
        if ('code' in span) throw new Error(span.code);
        expect(leaveTimes(span, zone)).toEqual(times);
      }
    }
  });
  test('bad input', () => {
    expect(issuesOf(createLeaveInput.safeParse(leave({ dateTo: '2026-03-27' })))).toEqual([
      'dateTo ends_before_start',
    ]);
    expect(issuesOf(createLeaveInput.safeParse(leave({ startMinute: 60 })))).toEqual(['endMinute required']);
    expect(
      issuesOf(createLeaveInput.safeParse(leave({ dateTo: '2026-03-28', startMinute: 600, endMinute: 600 }))),
    ).toEqual(['endMinute ends_before_start']);
    expect(issuesOf(createLeaveInput.safeParse(leave({ dateFrom: '0001-01-01' })))).toContain(
      'dateFrom date',
    );
  });
  test('is cut into pieces of a day at most, without gaps', () => {
    const { startMs, endMs } = daySpan('2026-10-24', '2026-10-26', 'Europe/Berlin');
    const pieces = cutIntoDays([startMs, endMs]);
    expect(pieces).toHaveLength(4); // three days and the hour that comes twice
    expect(pieces[0]?.startMs).toBe(startMs);
    expect(pieces.at(-1)?.endMs).toBe(endMs);
    for (const [index, piece] of pieces.entries()) {
      expect(piece.endMs - piece.startMs).toBeLessThanOrEqual(86_400_000);
      if (index > 0) expect(piece.startMs).toBe(pieces[index - 1]?.endMs);
    }
  });
});

test.each(['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'])('%s is a zone', (zone) =>
  expect(timeZone.safeParse(zone).success).toBe(true),
);
test.each(['Europe/Atlantis', '+02:00', '', 'Berlin', '; drop table'])('%j is none', (zone) =>
  expect(timeZone.safeParse(zone).success).toBe(false),
);
