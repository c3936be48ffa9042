/** What makes the seeded clinic the same on every machine: ids by noun and number, and a dice with a fixed seed. */
const nouns = [
  'clinic',
  'location',
  'role',
  'account',
  'client',
  'source',
  'tag',
  'category',
  'service',
  'technique',
  'requirement',
  'resource',
  'schedule',
  'interval',
  'exception',
  'leave',
  'closure',
  'appointment',
  'item',
  'claim',
  'visit',
  'product',
  'lot',
  'scheme',
] as const;
export type SeedNoun = (typeof nouns)[number];

/** The fixed UUID of the `number`th record of a noun: `d0000009-0000-4000-8000-000000000004` is service 4. */
export function seedId(noun: SeedNoun, number: number): string {
  const series = (nouns.indexOf(noun) + 1).toString(16).padStart(7, '0');
  return `d${series}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export interface Dice {
  /** A fraction in [0, 1). */
  next(): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  chance(share: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: small, fast and the same everywhere. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick(from) {
      const found = from[below(from.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}
