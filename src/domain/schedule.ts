import { at, normalize, type Spans, subtract } from './interval.ts';
import {
  type Ambiguous,
  dayExists,
  epochDayOf,
  localEpochDayOf,
  readWall,
  startOfEpochDay,
  weekdayOfEpochDay,
} from './zone.ts';

export {
  addDays,
  type Ambiguous,
  isDate,
  isKnownZone,
  localDateOf,
  minuteOfDay,
  startOfLocalDay,
  UnknownZoneError,
  type WallReading,
  wallToInstant,
  wallToInstantStrict,
  weekdayOf,
} from './zone.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Wall-clock minutes since 00:00. An end before its start lies on the next day; equal is empty; 1440 is midnight. */
export type WallSpan = { readonly startMinute: number; readonly endMinute: number };

/** Hours of one weekday (1 Monday … 7 Sunday), with the breaks inside them. */
export type WeeklyHours = WallSpan & { readonly weekday: number; readonly breaks?: readonly WallSpan[] };

/** Weekly hours in force from and until a local date, both inclusive; null leaves that side open. */
export type Schedule = {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly weekly: readonly WeeklyHours[];
};

/**
 * What differs from the weekly hours on the dates `dateFrom … dateTo` (inclusive): `closed` takes the dates away whatever
 * else is said, `replace` puts other hours (with their own breaks) in place of the weekly ones, `extra` adds hours, `break` takes some away.
 * It governs the intervals that start on its dates: the tail of an overnight shift belongs to the day it began.
 */
export type HoursException = {
  readonly dateFrom: string;
  readonly dateTo: string;
  readonly kind: 'closed' | 'replace' | 'extra' | 'break';
  readonly intervals: readonly (WallSpan & { readonly breaks?: readonly WallSpan[] })[];
};

/** A resource's opening hours. Clinic closures are `closed` exceptions put in front of the resource's own. */
export type Calendar = {
  readonly zone: string;
  readonly schedules: readonly Schedule[];
  readonly exceptions: readonly HoursException[];
};

export type HoursOptions = { readonly ambiguous?: Ambiguous; readonly mergeTouching?: boolean };

type Dated = { readonly from: number; readonly until: number; readonly exception: HoursException };
type InForce = {
  readonly from: number;
  readonly until: number;
  readonly byWeekday: readonly WeeklyHours[][];
};

function inForce(schedules: readonly Schedule[]): InForce[] {
  return schedules.map((schedule) => {
    const byWeekday: WeeklyHours[][] = [[], [], [], [], [], [], [], []];
    for (const hours of schedule.weekly) byWeekday[hours.weekday]?.push(hours);
    return {
      from: schedule.validFrom === null ? Number.NEGATIVE_INFINITY : epochDayOf(schedule.validFrom),
      until: schedule.validUntil === null ? Number.POSITIVE_INFINITY : epochDayOf(schedule.validUntil),
      byWeekday,
    };
  });
}

/**
 * Expands a calendar to the runs of work that touch `[fromMs, toMs)`: sorted, disjoint, milliseconds since the epoch (HOURS-1 … HOURS-8 in docs/rules/starts.md).
 * Work is the union of all intervals less the union of all breaks, so a break also cuts the tail of a shift that began the day before.
 * Intervals that overlap are one run, touching ones too unless told otherwise.
 * Runs are whole as far as the days of the window and one on either side show them. Throws `UnknownZoneError` or `RangeError` on a
 * calendar that `checkCalendar` would have refused.
 */
export function expandHours(
  calendar: Calendar,
  fromMs: number,
  toMs: number,
  options: HoursOptions = {},
): Spans {
  if (toMs <= fromMs) return [];
  const { zone } = calendar;
  const mergeTouching = options.mergeTouching ?? true;
  const ambiguous = options.ambiguous ?? 'earlier';
  const schedules = inForce(calendar.schedules);
  const exceptions: Dated[] = calendar.exceptions.map((exception) => ({
    from: epochDayOf(exception.dateFrom),
    until: epochDayOf(exception.dateTo),
    exception,
  }));
  const firstDay = localEpochDayOf(fromMs, zone) - 1;
  const lastDay = localEpochDayOf(toMs, zone) + 1;
  const work: number[] = [];
  const breaks: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const today = exceptions.filter((dated) => dated.from <= day && day <= dated.until);
    if (today.some((dated) => dated.exception.kind === 'closed') || !dayExists(day, zone)) continue;
    addDay(day, today, schedules, work, breaks, zone, ambiguous);
  }
  const open = normalize(work, mergeTouching);
  const runs = breaks.length === 0 ? open : subtract(open, normalize(breaks));
  let begin = 0;
  let end = runs.length;
  while (begin < end && at(runs, begin + 1) <= fromMs) begin += 2;
  while (end > begin && at(runs, end - 2) >= toMs) end -= 2;
  return begin === 0 && end === runs.length ? runs : runs.slice(begin, end);
}

function addDay(
  day: number,
  today: readonly Dated[],
  schedules: readonly InForce[],
  work: number[],
  breaks: number[],
  zone: string,
  ambiguous: Ambiguous,
): void {
  const add = (interval: WallSpan & { readonly breaks?: readonly WallSpan[] }) => {
    pushWall(work, day, interval.startMinute, interval.endMinute, zone, ambiguous);
    const overnight = interval.endMinute < interval.startMinute;
    for (const pause of interval.breaks ?? []) {
      // In a night shift a break before the shift's own hour of beginning can only mean the morning after.
      const shift = overnight && pause.startMinute < interval.startMinute ? 1 : 0;
      pushWall(breaks, day + shift, pause.startMinute, pause.endMinute, zone, ambiguous);
    }
  };
  let replaced = false;
  for (const { exception } of today) {
    if (exception.kind === 'replace') replaced = true;
    if (exception.kind === 'replace' || exception.kind === 'extra') exception.intervals.forEach(add);
    if (exception.kind === 'break')
      for (const pause of exception.intervals)
        pushWall(breaks, day, pause.startMinute, pause.endMinute, zone, ambiguous);
  }
  if (replaced) return;
  const weekday = weekdayOfEpochDay(day);
  for (const schedule of schedules)
    if (schedule.from <= day && day <= schedule.until) (schedule.byWeekday[weekday] ?? []).forEach(add);
}

function pushWall(
  out: number[],
  day: number,
  startMinute: number,
  endMinute: number,
  zone: string,
  ambiguous: Ambiguous,
): void {
  if (startMinute === endMinute) return;
  const endDay = endMinute < startMinute ? day + 1 : day;
  const startMs = readWall(day * DAY_MS + startMinute * MINUTE_MS, zone, ambiguous).instantMs;
  const endMs = readWall(endDay * DAY_MS + endMinute * MINUTE_MS, zone, ambiguous).instantMs;
  if (startMs < endMs) out.push(startMs, endMs);
}

/** Days a run of work may reach back and still be stepped from its beginning; longer ones are stepped from each midnight. */
export const RUN_REACH_DAYS = 8;

/**
 * Where the grid of each run begins: triples `[anchorMs, fromMs, toMs]`, sorted. A run is stepped from its own beginning;
 * one that has lasted longer than `RUN_REACH_DAYS` (open day and night) is stepped from each local midnight, so that
 * the grid never depends on how far back somebody looked.
 */
export function gridAnchors(runs: Spans, zone: string): number[] {
  const out: number[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const startMs = at(runs, i);
    const endMs = at(runs, i + 1);
    const reachMs = startMs + RUN_REACH_DAYS * DAY_MS;
    if (endMs <= reachMs) {
      out.push(startMs, startMs, endMs);
      continue;
    }
    let day = localEpochDayOf(reachMs - 1, zone) + 1;
    let anchorMs = startMs;
    let cursorMs = startMs;
    while (cursorMs < endMs) {
      const nextMs = Math.min(endMs, startOfEpochDay(day, zone));
      if (nextMs > cursorMs) out.push(anchorMs, cursorMs, nextMs);
      anchorMs = nextMs;
      cursorMs = nextMs;
      day += 1;
    }
  }
  return out;
}
