import { Temporal } from 'temporal-polyfill';
import { offsetAt, readWall } from './zone.ts';

/** One change of a zone's offset, as calendar files describe it. Minutes east of UTC. */
export interface OffsetChange {
  /** Wall-clock time at which it happens, by the offset before it: `20260329T020000`. */
  localTime: string;
  offsetBefore: number;
  offsetAfter: number;
}

const minutesOf = (moment: Temporal.ZonedDateTime): number => moment.offsetNanoseconds / 6e10;

const asLocalTime = (instantMs: number, offsetMinutes: number): string =>
  new Date(instantMs + offsetMinutes * 60_000).toISOString().slice(0, 19).replace(/[-:]/g, '');

/**
 * The offsets of a zone around a stretch of time: the one it begins with, then every change until it ends.
 * A zone without changes has one entry that holds from 1970 on. Instants in epoch milliseconds.
 */
export function offsetChanges(zone: string, fromMs: number, untilMs: number): OffsetChange[] {
  const from = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  // A transition is strictly before or after; the millisecond keeps one that falls on the start itself.
  let moment = from.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  if (moment === null) {
    const offset = minutesOf(from);
    return [{ localTime: '19700101T000000', offsetBefore: offset, offsetAfter: offset }];
  }
  const changes: OffsetChange[] = [];
  while (moment !== null && moment.epochMilliseconds < untilMs) {
    const offsetBefore = minutesOf(moment.subtract({ nanoseconds: 1 }));
    changes.push({
      localTime: asLocalTime(moment.epochMilliseconds, offsetBefore),
      offsetBefore,
      offsetAfter: minutesOf(moment),
    });
    moment = moment.getTimeZoneTransition('next');
  }
  return changes;
}

/** The instant on the zone's clock, for libraries that print it so. */
export const onTheClock = (instantMs: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);

/** True for an instant whose wall-clock time was shown before, in the hour that comes twice: named by the clock alone it would mean the earlier one. */
export function isRepeatedHour(instantMs: number, zone: string): boolean {
  const reading = readWall(instantMs + offsetAt(instantMs, zone), zone);
  return reading.kind === 'repeated' && reading.instantMs !== instantMs;
}
