/** Weekly hours, days that differ, leave and closures, as they are edited. Wall-clock minutes and local dates of a location. */
import { z } from 'zod';
import { complain, id, optionalText, rowVersion, text, whole } from './field.ts';
import type { FieldIssue } from './field-issue.ts';
import { addDays, isDate, startOfLocalDay, wallToInstantStrict } from './schedule.ts';
import { checkException, checkWeekly } from './weekly-hours.ts';

const startMinute = whole(0, 1439, 'time');
const endMinute = whole(0, 1440, 'time');
const span = z.object({ startMinute, endMinute });
const dayHours = span.extend({ breaks: z.array(span).max(8, { error: 'too_many' }) });

/** An existing calendar date, `YYYY-MM-DD`, of our era. */
export const localDate = z
  .string({ error: 'date' })
  .refine((date) => isDate(date) && date >= '1970-01-01' && date <= '2199-12-31', { error: 'date' });

export const weeklyInput = z
  .array(dayHours.extend({ weekday: whole(1, 7, 'invalid') }))
  .max(60, { error: 'too_many' })
  .superRefine((weekly, ctx) => complain(ctx, checkWeekly(weekly)));
export type WeeklyInput = z.infer<typeof weeklyInput>;

/** `scheduleId` and `version` are null for a new schedule. Validity is inclusive; null leaves that side open. */
export const saveScheduleInput = z
  .object({
    scheduleId: id.nullable(),
    version: rowVersion.nullable(),
    resourceId: id,
    locationId: id,
    validFrom: localDate.nullable(),
    validUntil: localDate.nullable(),
    weekly: weeklyInput,
  })
  .refine(
    ({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil,
    {
      error: 'ends_before_start',
      path: ['validUntil'],
    },
  );
export const deleteScheduleInput = z.object({ scheduleId: id, version: rowVersion });

export const exceptionKinds = ['closed', 'replace', 'extra', 'break'] as const;
const maxDays = 370;

/** Days between two dates, both counted. */
const daysOf = (dateFrom: string, dateTo: string): number =>
  (Date.parse(dateTo) - Date.parse(dateFrom)) / 86_400_000 + 1;

const checkDates = ({ dateFrom, dateTo }: { dateFrom: string; dateTo: string }): FieldIssue[] => {
  if (dateTo < dateFrom) return [{ path: 'dateTo', code: 'ends_before_start' }];
  if (daysOf(dateFrom, dateTo) > maxDays) return [{ path: 'dateTo', code: 'too_many_days' }];
  return [];
};

export const saveExceptionInput = z
  .object({
    exceptionId: id.nullable(),
    resourceId: id,
    dateFrom: localDate,
    dateTo: localDate,
    kind: z.enum(exceptionKinds),
    intervals: z.array(dayHours).max(12, { error: 'too_many' }),
    note: optionalText(200),
  })
  .superRefine((exception, ctx) => {
    complain(ctx, checkDates(exception));
    if (exception.kind === 'break' && exception.intervals.some(({ breaks }) => breaks.length > 0))
      complain(ctx, [{ path: 'intervals', code: 'invalid' }]);
    complain(
      ctx,
      checkException(exception).filter(({ path }) => path !== 'dateTo'),
    );
  });
export const exceptionRefInput = z.object({ exceptionId: id });

export const leaveKinds = ['holiday', 'sick', 'training', 'repair', 'other'] as const;
export const createLeaveInput = z
  .object({
    resourceId: id,
    kind: z.enum(leaveKinds),
    dateFrom: localDate,
    dateTo: localDate,
    /** Null: whole days, the last one included. Else from this minute of the first day … */
    startMinute: startMinute.nullable(),
    /** … to this one of the last. */
    endMinute: endMinute.nullable(),
    note: optionalText(200),
  })
  .superRefine((leave, ctx) => {
    complain(ctx, checkDates(leave));
    const { dateFrom, dateTo } = leave;
    if ((leave.startMinute === null) !== (leave.endMinute === null))
      complain(ctx, [{ path: leave.startMinute === null ? 'startMinute' : 'endMinute', code: 'required' }]);
    else if (
      leave.startMinute !== null &&
      leave.endMinute !== null &&
      dateFrom === dateTo &&
      leave.endMinute <= leave.startMinute
    )
      complain(ctx, [{ path: 'endMinute', code: 'ends_before_start' }]);
  });
export type LeaveInput = z.infer<typeof createLeaveInput>;
export const leaveRefInput = z.object({ leaveId: id });

export const createClosureInput = z
  .object({ locationId: id, dateFrom: localDate, dateTo: localDate, name: text(80) })
  .superRefine((closure, ctx) => complain(ctx, checkDates(closure)));
export const closureRefInput = z.object({ closureId: id });

export interface InstantSpan {
  /** Epoch milliseconds, half-open. */
  startMs: number;
  endMs: number;
}

/** Whole local days, both included, as instants: as long as the clock makes them. */
export const daySpan = (dateFrom: string, dateTo: string, zone: string): InstantSpan => ({
  startMs: startOfLocalDay(dateFrom, zone),
  endMs: startOfLocalDay(addDays(dateTo, 1), zone),
});

/** The instants of a leave in the zone of its location, or the field whose time the clock skips that night. */
export function leaveSpan(leave: LeaveInput, zone: string): InstantSpan | FieldIssue {
  if (leave.startMinute === null || leave.endMinute === null)
    return daySpan(leave.dateFrom, leave.dateTo, zone);
  const start = wallToInstantStrict(leave.dateFrom, leave.startMinute, zone);
  if (start.kind === 'gap') return { path: 'startMinute', code: 'clock_gap' };
  const end = wallToInstantStrict(leave.dateTo, leave.endMinute, zone);
  if (end.kind === 'gap') return { path: 'endMinute', code: 'clock_gap' };
  return { startMs: start.instantMs, endMs: end.instantMs };
}

const dayMs = 86_400_000;

/** Cuts flat sorted spans into pieces of a day at most: a claim's length is bounded, so that starts read one index stretch. */
export function cutIntoDays(spans: readonly number[]): InstantSpan[] {
  const pieces: InstantSpan[] = [];
  for (let index = 0; index + 1 < spans.length; index += 2) {
    const end = spans[index + 1] ?? 0;
    for (let cursor = spans[index] ?? 0; cursor < end; cursor += dayMs)
      pieces.push({ startMs: cursor, endMs: Math.min(end, cursor + dayMs) });
  }
  return pieces;
}
