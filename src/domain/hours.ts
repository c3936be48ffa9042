/** Weekly hours, days that differ, leave and closures, as they are edited. Wall-clock minutes and local dates of a location. */
import { z } from 'zod';
import { complain, id, optionalText, rowVersion, text, whole } from './field.ts';
import type { FieldIssue } from './field-issue.ts';
import {
  addDays,
  isDate,
  localDateOf,
  minuteOfDay,
  startOfLocalDay,
  wallToInstantStrict,
} from './schedule.ts';
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

const exceptionShape = z.object({
  dateFrom: localDate,
  dateTo: localDate,
  kind: z.enum(exceptionKinds),
  intervals: z.array(dayHours).max(12, { error: 'too_many' }),
  note: optionalText(200),
});
export type ExceptionFields = z.infer<typeof exceptionShape>;

function checkExceptionFields(exception: ExceptionFields, ctx: z.RefinementCtx): void {
  complain(ctx, checkDates(exception));
  if (exception.kind === 'break' && exception.intervals.some(({ breaks }) => breaks.length > 0))
    complain(ctx, [{ path: 'intervals', code: 'invalid' }]);
  complain(
    ctx,
    checkException(exception).filter(({ path }) => path !== 'dateTo'),
  );
}
export const exceptionFields = exceptionShape.superRefine(checkExceptionFields);
/** `exceptionId` and `version` are null for a new one; a version that isn't the current one is refused as stale. */
export const saveExceptionInput = exceptionShape
  .extend({ exceptionId: id.nullable(), version: rowVersion.nullable(), resourceId: id })
  .superRefine(checkExceptionFields);
/** What is removed, as it was read. */
export const exceptionRefInput = z.object({ exceptionId: id, version: rowVersion });

export const leaveKinds = ['holiday', 'sick', 'training', 'repair', 'other'] as const;
const leaveShape = z.object({
  kind: z.enum(leaveKinds),
  dateFrom: localDate,
  dateTo: localDate,
  /** Null: whole days, the last one included. Else from this minute of the first day … */
  startMinute: startMinute.nullable(),
  /** … to this one of the last. */
  endMinute: endMinute.nullable(),
  note: optionalText(200),
});
export type LeaveFields = z.infer<typeof leaveShape>;

function checkLeave(leave: LeaveFields, ctx: z.RefinementCtx): void {
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
}
export const leaveFields = leaveShape.superRefine(checkLeave);
export const createLeaveInput = leaveShape.extend({ resourceId: id }).superRefine(checkLeave);
export type LeaveInput = z.infer<typeof createLeaveInput>;
/** A leave stays with whom it was entered for. */
export const changeLeaveInput = leaveShape
  .extend({ leaveId: id, version: rowVersion })
  .superRefine(checkLeave);
/** What is removed, as it was read. */
export const leaveRefInput = z.object({ leaveId: id, version: rowVersion });

const closureShape = z.object({ dateFrom: localDate, dateTo: localDate, name: text(80) });
type ClosureFields = z.infer<typeof closureShape>;
const checkClosure = (closure: ClosureFields, ctx: z.RefinementCtx): void =>
  complain(ctx, checkDates(closure));
export const createClosureInput = closureShape.extend({ locationId: id }).superRefine(checkClosure);
export type ClosureInput = z.infer<typeof createClosureInput>;
/** A closure stays with the location it was announced for. */
export const changeClosureInput = closureShape
  .extend({ closureId: id, version: rowVersion })
  .superRefine(checkClosure);
export const closureRefInput = z.object({ closureId: id, version: rowVersion });

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
export function leaveSpan(leave: LeaveFields, zone: string): InstantSpan | FieldIssue {
  if (leave.startMinute === null || leave.endMinute === null)
    return daySpan(leave.dateFrom, leave.dateTo, zone);
  const start = wallToInstantStrict(leave.dateFrom, leave.startMinute, zone);
  if (start.kind === 'gap') return { path: 'startMinute', code: 'clock_gap' };
  const end = wallToInstantStrict(leave.dateTo, leave.endMinute, zone);
  if (end.kind === 'gap') return { path: 'endMinute', code: 'clock_gap' };
  return { startMs: start.instantMs, endMs: end.instantMs };
}

/** The same the other way round: a leave's instants as they are edited, whole days where it begins and ends with a day. */
export function leaveTimes(
  { startMs, endMs }: InstantSpan,
  zone: string,
): Pick<LeaveFields, 'dateFrom' | 'dateTo' | 'startMinute' | 'endMinute'> {
  const dateFrom = localDateOf(startMs, zone);
  const dateTo = localDateOf(endMs - 1, zone);
  const endsWithDay = startOfLocalDay(addDays(dateTo, 1), zone) === endMs;
  if (endsWithDay && startOfLocalDay(dateFrom, zone) === startMs)
    return { dateFrom, dateTo, startMinute: null, endMinute: null };
  return {
    dateFrom,
    dateTo,
    startMinute: minuteOfDay(startMs, zone),
    endMinute: endsWithDay ? 1440 : minuteOfDay(endMs, zone),
  };
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
