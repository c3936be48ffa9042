import { Temporal } from 'temporal-polyfill';

/**
 * The one place of zone arithmetic. Temporal answers where a zone's offset changes; between the changes it is plain integers.
 * The tables kept here are facts of the zone data, the same whoever asks and whenever: no clock, nothing to invalidate.
 */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The largest jump of a wall clock is the date line's day; two hours on top cover any offset change of the same night. */
const REACH_MS = 26 * 3_600_000;

/** Which of the two instants a repeated wall-clock time means. Times skipped by a change move forward by its length. */
export type Ambiguous = 'earlier' | 'later';

/** Thrown for a zone that is not an IANA name known here. Input is checked with `isKnownZone` first, so it is a bug. */
export class UnknownZoneError extends RangeError {
  readonly zone: string;
  constructor(zone: string) {
    super(`unknown time zone ${JSON.stringify(zone)}`);
    this.name = 'UnknownZoneError';
    this.zone = zone;
  }
}

type Table = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly since: number[];
  readonly offset: number[];
};

const tables = new Map<string, Table>();
const known = new Map<string, boolean>();

/** True for an IANA zone name this machine knows (`Europe/Riga`, `UTC`). Bare offsets such as `+02:00` are not zones: they know no clock changes. */
export function isKnownZone(zone: string): boolean {
  const before = known.get(zone);
  if (before !== undefined) return before;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{1,60}$/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  known.set(zone, true);
  return true;
}

/** The whole calendar years (with a margin) around a range, so that a table is built once and asked many times. */
function tableFor(zone: string, fromMs: number, untilMs: number): Table {
  const present = tables.get(zone);
  if (present && present.fromMs <= fromMs && untilMs <= present.untilMs) return present;
  if (!isKnownZone(zone)) throw new UnknownZoneError(zone);
  if (!Number.isFinite(fromMs) || !Number.isFinite(untilMs))
    throw new RangeError('an instant must be a finite number of milliseconds');
  const lower = Math.floor(Math.min(fromMs, present?.fromMs ?? fromMs) - 366 * DAY_MS);
  const upper = Math.ceil(Math.max(untilMs, present?.untilMs ?? untilMs) + 366 * DAY_MS);
  let moment = Temporal.Instant.fromEpochMilliseconds(lower).toZonedDateTimeISO(zone);
  const since = [lower];
  const offset = [moment.offsetNanoseconds / 1e6];
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= upper) break;
    moment = next;
    const value = next.offsetNanoseconds / 1e6;
    if (value === offset[offset.length - 1]) continue;
    since.push(next.epochMilliseconds);
    offset.push(value);
  }
  const table: Table = { fromMs: lower, untilMs: upper, since, offset };
  tables.set(zone, table);
  return table;
}

function indexAt(table: Table, instantMs: number): number {
  let low = 0;
  let high = table.since.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.since[middle] ?? Number.POSITIVE_INFINITY) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

function offsetOf(table: Table, index: number): number {
  const value = table.offset[index];
  if (value === undefined) throw new RangeError(`no offset ${index}`);
  return value;
}

/** Offset of the zone at an instant, in milliseconds east of UTC. Throws `UnknownZoneError`. */
export function offsetAt(instantMs: number, zone: string): number {
  const table = tableFor(zone, instantMs, instantMs);
  return offsetOf(table, indexAt(table, instantMs));
}

export type WallReading = { readonly instantMs: number; readonly kind: 'exact' | 'repeated' | 'gap' };

/**
 * Reads a wall-clock time, given as if it were UTC (`epochDay * 1440 + minute`, in milliseconds).
 * Repeated times take the earlier instant unless told otherwise; skipped ones move forward by the length of the gap
 * (Temporal's `compatible`), which also carries a time on a date the zone skipped altogether to the next one.
 */
export function readWall(wallMs: number, zone: string, ambiguous: Ambiguous = 'earlier'): WallReading {
  const table = tableFor(zone, wallMs - REACH_MS, wallMs + REACH_MS);
  const first = indexAt(table, wallMs - REACH_MS);
  const last = indexAt(table, wallMs + REACH_MS);
  if (first === last) return { instantMs: wallMs - offsetOf(table, first), kind: 'exact' };
  const found: number[] = [];
  let gapMs: number | null = null;
  for (let i = first; i <= last; i += 1) {
    const instantMs = wallMs - offsetOf(table, i);
    const startsAt = i === first ? Number.NEGATIVE_INFINITY : (table.since[i] ?? 0);
    const endsAt = i === last ? Number.POSITIVE_INFINITY : (table.since[i + 1] ?? 0);
    if (instantMs >= startsAt && instantMs < endsAt) found.push(instantMs);
    // Past this stretch by its own clock, before the next one by the next clock: the time was skipped here.
    if (i < last && instantMs >= endsAt && wallMs - offsetOf(table, i + 1) < endsAt) gapMs = instantMs;
  }
  const earlier = found[0];
  const later = found[found.length - 1];
  if (earlier !== undefined && later !== undefined)
    return {
      instantMs: ambiguous === 'later' ? later : earlier,
      kind: found.length > 1 ? 'repeated' : 'exact',
    };
  if (gapMs === null) throw new RangeError(`wall time ${wallMs} fits nowhere in ${zone}`);
  return { instantMs: gapMs, kind: 'gap' };
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`. Throws `RangeError` for anything that is no such date. */
export function epochDayOf(date: string): number {
  const parts = DATE.exec(date);
  const day = parts
    ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY_MS
    : Number.NaN;
  if (!parts || dateOfEpochDay(day) !== date)
    throw new RangeError(`not a calendar date: ${JSON.stringify(date)}`);
  return day;
}

/** True for an existing calendar date `YYYY-MM-DD`. */
export function isDate(date: string): boolean {
  const parts = DATE.exec(date);
  if (!parts) return false;
  return dateOfEpochDay(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY_MS) === date;
}

/** The calendar date `YYYY-MM-DD` of a day counted from 1970-01-01. */
export function dateOfEpochDay(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

/** Weekday of a day counted from 1970-01-01: 1 Monday … 7 Sunday. */
export function weekdayOfEpochDay(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1;
}

/** Weekday of a calendar date: 1 Monday … 7 Sunday. */
export function weekdayOf(date: string): number {
  return weekdayOfEpochDay(epochDayOf(date));
}

/** The calendar date `days` later (negative: earlier). */
export function addDays(date: string, days: number): string {
  return dateOfEpochDay(epochDayOf(date) + days);
}

/** Day counted from 1970-01-01 that the zone's calendar shows at the instant. */
export function localEpochDayOf(instantMs: number, zone: string): number {
  return Math.floor((instantMs + offsetAt(instantMs, zone)) / DAY_MS);
}

/** Calendar date `YYYY-MM-DD` in the zone at the instant: the `serviceDate` that reports group by. */
export function localDateOf(instantMs: number, zone: string): string {
  return dateOfEpochDay(localEpochDayOf(instantMs, zone));
}

/** Minutes the zone's wall clock shows since 00:00 at the instant (0..1439); on days of change it is not the time elapsed. */
export function minuteOfDay(instantMs: number, zone: string): number {
  const localMs = instantMs + offsetAt(instantMs, zone);
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/**
 * The instant (ms) of a wall-clock time: `minute` since 00:00 of the date, 1440 being 00:00 of the next one.
 * Repeated times take the earlier instant, skipped ones move forward.
 */
export function wallToInstant(
  date: string,
  minute: number,
  zone: string,
  ambiguous: Ambiguous = 'earlier',
): number {
  return readWall(epochDayOf(date) * DAY_MS + minute * MINUTE_MS, zone, ambiguous).instantMs;
}

/** As `wallToInstant`, but says so (`gap`) when the wall clock never shows that time, and marks the ones it shows twice. */
export function wallToInstantStrict(date: string, minute: number, zone: string): WallReading {
  return readWall(epochDayOf(date) * DAY_MS + minute * MINUTE_MS, zone);
}

/** First instant (ms) of a local date: 00:00, or what follows it where the zone skips midnight. */
export function startOfLocalDay(date: string, zone: string): number {
  return startOfEpochDay(epochDayOf(date), zone);
}

/** First instant (ms) of a local day counted from 1970-01-01. */
export function startOfEpochDay(epochDay: number, zone: string): number {
  const reading = readWall(epochDay * DAY_MS, zone);
  if (reading.kind !== 'gap') return reading.instantMs;
  // A skipped midnight: the day opens with the clock change itself, not with midnight moved forward by its length.
  const table = tableFor(zone, reading.instantMs - REACH_MS, reading.instantMs + REACH_MS);
  return table.since[indexAt(table, reading.instantMs)] ?? reading.instantMs;
}

/** False for a date that the zone's calendar never showed (Apia, 30 December 2011). */
export function dayExists(epochDay: number, zone: string): boolean {
  return localEpochDayOf(startOfEpochDay(epochDay, zone), zone) === epochDay;
}
