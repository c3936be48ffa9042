/** Old systems often keep no durations. The rule for them, and how a day of one staff member is laid out with it. */
import { z } from 'zod';

export const durationRule = z.object({
  /** Minutes by category name, then by service code, which wins. */
  byCategory: z.record(z.string().max(80), z.number().int().min(5).max(1440)).default({}),
  byService: z.record(z.string().max(80), z.number().int().min(5).max(1440)).default({}),
  defaultMinutes: z
    .number()
    .int({ error: 'not_integer' })
    .min(5, { error: 'too_small' })
    .max(1440, { error: 'too_big' })
    .default(45),
  /** A booking may be cut to the next one's start, but not below so many minutes; null never cuts. */
  shrinkToMinutes: z
    .number()
    .int({ error: 'not_integer' })
    .min(5, { error: 'too_small' })
    .max(1440, { error: 'too_big' })
    .nullable()
    .default(15),
});
export type DurationRule = z.infer<typeof durationRule>;

const byName = (table: Record<string, number>, name: string): number | undefined =>
  Object.entries(table).find(([key]) => key.trim().toUpperCase() === name.trim().toUpperCase())?.[1];

/** Minutes the rule gives: the service's, else its category's, else `known` (the price list's), else the default. */
export function minutesByRule(
  rule: DurationRule,
  serviceCode: string,
  category: string,
  known: number | null,
): number {
  return (
    byName(rule.byService, serviceCode) ?? byName(rule.byCategory, category) ?? known ?? rule.defaultMinutes
  );
}

export interface DayBooking {
  /** Minutes since an origin that all of the day share. */
  start: number;
  minutes: number;
  /** The old system said so: never cut. */
  isGiven?: boolean;
}
export type DayPlace = { minutes: number } | null;

/**
 * Lays out one staff member's day, given in order of start. Nothing moves: a booking keeps its start, and its minutes are cut
 * to the next start where that leaves at least `shrinkToMinutes`. Null for one that begins inside the visit before it.
 */
export function layOutDay(bookings: readonly DayBooking[], shrinkToMinutes: number | null): DayPlace[] {
  let freeFrom = Number.NEGATIVE_INFINITY;
  return bookings.map(({ start, minutes, isGiven }, index) => {
    if (start < freeFrom) return null;
    let placed = minutes;
    if (shrinkToMinutes !== null && !isGiven) {
      for (let later = index + 1; later < bookings.length; later += 1) {
        const gap = (bookings[later]?.start ?? Number.POSITIVE_INFINITY) - start;
        if (gap >= minutes) break;
        if (gap < shrinkToMinutes) continue;
        placed = gap;
        break;
      }
    }
    freeFrom = start + placed;
    return { minutes: placed };
  });
}

/** Opening minutes of a weekday as its visits suggest: from the earliest start to the latest end, to the half hour outwards. */
export function hoursAround(
  visits: readonly { startMinute: number; endMinute: number }[],
): { startMinute: number; endMinute: number } | null {
  if (visits.length === 0) return null;
  const first = Math.min(...visits.map(({ startMinute }) => startMinute));
  const last = Math.max(...visits.map(({ endMinute }) => endMinute));
  return { startMinute: Math.floor(first / 30) * 30, endMinute: Math.min(1440, Math.ceil(last / 30) * 30) };
}
