/** What may stand in a week, and in the hours of one day, complained of field by field. The rules are `checkCalendar`'s. */
import type { FieldIssue } from './field-issue.ts';
import type { HoursException, WallSpan, WeeklyHours } from './schedule.ts';
import { checkCalendar } from './schedule-check.ts';

/** Complaints about an interval or a break as a whole stand at its first field, where a form can show them. */
const atField = (path: string): string => (/\d$/.test(path) ? `${path}.startMinute` : path);

const within = (issues: readonly FieldIssue[], prefix: string): FieldIssue[] =>
  issues
    .filter(({ path }) => path.startsWith(prefix))
    .map((issue) => ({ ...issue, path: atField(issue.path.slice(prefix.length)) }));

/** Promises a complaint at each field of a week that can't be: empty or overlapping hours (over midnight and Sunday too), breaks outside. */
export function checkWeekly(weekly: readonly WeeklyHours[]): FieldIssue[] {
  const schedules = [{ validFrom: null, validUntil: null, weekly }];
  return within(checkCalendar({ zone: 'UTC', schedules, exceptions: [] }), 'schedules.0.weekly.');
}

/** The same for the hours of days that differ. Paths relative to the exception. */
export function checkException(exception: HoursException): FieldIssue[] {
  return within(checkCalendar({ zone: 'UTC', schedules: [], exceptions: [exception] }), 'exceptions.0.');
}

/** Ends before it begins: it goes on after midnight. */
export const isOvernight = ({ startMinute, endMinute }: WallSpan): boolean => endMinute < startMinute;

/** Wall-clock minutes of an interval; overnight ones go on into the next day. */
export const lengthOf = (span: WallSpan): number =>
  span.endMinute - span.startMinute + (isOvernight(span) ? 1440 : 0);

/** Minutes of work in a week, breaks taken off. */
export const weeklyMinutes = (weekly: readonly WeeklyHours[]): number =>
  weekly.reduce(
    (sum, hours) =>
      sum + lengthOf(hours) - (hours.breaks ?? []).reduce((pauses, each) => pauses + lengthOf(each), 0),
    0,
  );
