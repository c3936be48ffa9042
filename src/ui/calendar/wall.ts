/** What people type, day and clock, against instants; the arithmetic is the domain's. */
import { localDateOf, minuteOfDay, wallToInstantStrict } from '../../domain/zone.ts';

/** "09:05" of an instant in a zone. */
export function clockOf(ms: number, zone: string): string {
  const minute = minuteOfDay(ms, zone);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The instant of a day and a clock; null for what is no time, or one that the clock skips that night. */
export function instantOf(date: string, clock: string, zone: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(clock.trim());
  if (!parts) return null;
  const minute = Number(parts[1]) * 60 + Number(parts[2]);
  if (minute >= 1440 || Number(parts[2]) > 59) return null;
  const reading = wallToInstantStrict(date, minute, zone);
  return reading.kind === 'gap' ? null : reading.instantMs;
}

export { localDateOf };
