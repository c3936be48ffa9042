import type { FieldIssue } from './field-issue.ts';
import {
  type Calendar,
  type HoursException,
  isDate,
  isKnownZone,
  type Schedule,
  type WallSpan,
} from './schedule.ts';

const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** What can be wrong with hours; each is the key of a message shown beside its field. */
export const hoursIssueCodes = [
  'zone_unknown',
  'date_invalid',
  'end_before_start',
  'schedules_overlap',
  'weekday_invalid',
  'minute_invalid',
  'interval_empty',
  'intervals_overlap',
  'intervals_required',
  'intervals_unexpected',
  'break_outside_hours',
  'breaks_overlap',
] as const;

export type HoursIssueCode = (typeof hoursIssueCodes)[number];
const DATE_LIKE = /^\d{4}-\d{2}-\d{2}$/;
type Report = (path: string, code: HoursIssueCode) => void;

/**
 * Says everything that is wrong with a calendar, field by field; an empty list means that `expandHours` can be relied on.
 * Overnight intervals are measured against the next day, Sunday night against Monday (HOURS-9).
 */
export function checkCalendar(calendar: Calendar): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const report: Report = (path, code) => issues.push({ path, code });
  if (!isKnownZone(calendar.zone)) report('zone', 'zone_unknown');
  for (const [i, schedule] of calendar.schedules.entries()) checkSchedule(schedule, `schedules.${i}`, report);
  checkValidity(calendar.schedules, report);
  for (const [i, exception] of calendar.exceptions.entries())
    checkException(exception, `exceptions.${i}`, report);
  return issues;
}

function checkSchedule(schedule: Schedule, path: string, report: Report): void {
  for (const field of ['validFrom', 'validUntil'] as const) {
    const date = schedule[field];
    if (date !== null && !isDate(date)) report(`${path}.${field}`, 'date_invalid');
  }
  const { validFrom, validUntil } = schedule;
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    report(`${path}.validUntil`, 'end_before_start');
  const placed: Placed[] = [];
  for (const [i, hours] of schedule.weekly.entries()) {
    const at = `${path}.weekly.${i}`;
    const weekdayKnown = Number.isInteger(hours.weekday) && hours.weekday >= 1 && hours.weekday <= 7;
    if (!weekdayKnown) report(`${at}.weekday`, 'weekday_invalid');
    if (!checkSpan(hours, at, report) || !weekdayKnown) continue;
    checkBreaks(hours, hours.breaks ?? [], at, report);
    const from = (hours.weekday - 1) * DAY_MINUTES + hours.startMinute;
    placed.push({ path: at, from, until: from + lengthOf(hours) });
  }
  reportOverlaps(placed, WEEK_MINUTES, 'intervals_overlap', report);
}

/** Two schedules in force on one date would both open the doors. */
function checkValidity(schedules: readonly Schedule[], report: Report): void {
  const dated = schedules
    .map((schedule, index) => ({
      index,
      from: schedule.validFrom ?? '0000-01-01',
      until: schedule.validUntil ?? '9999-12-31',
    }))
    .filter(({ from, until }) => DATE_LIKE.test(from) && DATE_LIKE.test(until) && from <= until)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [i, later] of dated.entries()) {
    if (dated.slice(0, i).some((earlier) => earlier.until >= later.from))
      report(`schedules.${later.index}.validFrom`, 'schedules_overlap');
  }
}

function checkException(exception: HoursException, path: string, report: Report): void {
  const { dateFrom, dateTo, kind, intervals } = exception;
  if (!isDate(dateFrom)) report(`${path}.dateFrom`, 'date_invalid');
  if (!isDate(dateTo)) report(`${path}.dateTo`, 'date_invalid');
  else if (isDate(dateFrom) && dateTo < dateFrom) report(`${path}.dateTo`, 'end_before_start');
  if (kind === 'closed' && intervals.length > 0) report(`${path}.intervals`, 'intervals_unexpected');
  if (kind !== 'closed' && intervals.length === 0) report(`${path}.intervals`, 'intervals_required');
  const placed: Placed[] = [];
  for (const [i, interval] of intervals.entries()) {
    const at = `${path}.intervals.${i}`;
    if (!checkSpan(interval, at, report)) continue;
    checkBreaks(interval, interval.breaks ?? [], at, report);
    placed.push({ path: at, from: interval.startMinute, until: interval.startMinute + lengthOf(interval) });
  }
  reportOverlaps(placed, null, kind === 'break' ? 'breaks_overlap' : 'intervals_overlap', report);
}

function checkSpan(span: WallSpan, path: string, report: Report): boolean {
  const startKnown =
    Number.isInteger(span.startMinute) && span.startMinute >= 0 && span.startMinute < DAY_MINUTES;
  const endKnown = Number.isInteger(span.endMinute) && span.endMinute >= 0 && span.endMinute <= DAY_MINUTES;
  if (!startKnown) report(`${path}.startMinute`, 'minute_invalid');
  if (!endKnown) report(`${path}.endMinute`, 'minute_invalid');
  if (startKnown && endKnown && span.startMinute === span.endMinute)
    report(`${path}.endMinute`, 'interval_empty');
  return startKnown && endKnown && span.startMinute !== span.endMinute;
}

function lengthOf(span: WallSpan): number {
  const length = span.endMinute - span.startMinute;
  return length < 0 ? length + DAY_MINUTES : length;
}

function checkBreaks(hours: WallSpan, breaks: readonly WallSpan[], path: string, report: Report): void {
  const closesAt = hours.startMinute + lengthOf(hours);
  const placed: Placed[] = [];
  for (const [i, pause] of breaks.entries()) {
    const at = `${path}.breaks.${i}`;
    if (!checkSpan(pause, at, report)) continue;
    const nextDay = hours.endMinute < hours.startMinute && pause.startMinute < hours.startMinute;
    const from = pause.startMinute + (nextDay ? DAY_MINUTES : 0);
    const until = from + lengthOf(pause);
    if (from < hours.startMinute || until > closesAt) report(at, 'break_outside_hours');
    placed.push({ path: at, from, until });
  }
  reportOverlaps(placed, null, 'breaks_overlap', report);
}

type Placed = { readonly path: string; readonly from: number; readonly until: number };

/** Reports each interval that runs into an earlier one of the list; with a period, also around its end. Touching is no overlap. */
function reportOverlaps(
  placed: readonly Placed[],
  period: number | null,
  code: HoursIssueCode,
  report: Report,
): void {
  const shifts = period === null ? [0] : [-period, 0, period];
  for (const [i, one] of placed.entries()) {
    const clash = placed
      .slice(0, i)
      .some((other) =>
        shifts.some((shift) => one.from < other.until + shift && other.from + shift < one.until),
      );
    if (clash) report(one.path, code);
  }
}
