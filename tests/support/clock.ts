/** Wednesday, 3 June 2026, 09:00 in Berlin: an ordinary working morning. */
export const ordinaryMorning = new Date('2026-06-03T07:00:00Z');

export interface TestClock {
  now(): Date;
  /** Moves the clock; a negative number moves it back. */
  advanceMinutes(minutes: number): void;
  set(instant: Date | string): void;
}

/** A clock that stands still until it is moved. */
export function fixedClock(start: Date | string = ordinaryMorning): TestClock {
  let millis = new Date(start).getTime();
  return {
    now: () => new Date(millis),
    advanceMinutes: (minutes) => {
      millis += minutes * 60_000;
    },
    set: (instant) => {
      millis = new Date(instant).getTime();
    },
  };
}

/** Ids in order (valid UUIDs, version 7 in form): the same test gets the same ids, and they sort as they were made. */
export function idSequence(series = 1): () => string {
  let count = 0;
  const head = series.toString(16).padStart(8, '0');
  return () => {
    count += 1;
    return `${head}-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}
