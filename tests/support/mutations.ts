/** Bytes that were right once, and chance to make them wrong. */

/** A sequence that comes again for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Turned bits, other bytes, parts cut out, doubled or put in from elsewhere: one to four of them. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  let result = [...bytes];
  const place = () => Math.floor(random() * (result.length + 1));
  const some = () => 1 + Math.floor(random() * 12);
  const ways = [
    () => {
      const at = place();
      result[at] = (result[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    },
    () => {
      result[place()] = Math.floor(random() * 256);
    },
    () => result.splice(place(), some()),
    () => {
      const from = place();
      result.splice(place(), 0, ...result.slice(from, from + some()));
    },
    () => result.splice(place(), 0, ...Array.from({ length: some() }, () => Math.floor(random() * 256))),
    () => {
      result = result.slice(0, place());
    },
    () => result.splice(place(), 0, 255, 255, 255, 255, 255, 255, 255, 15),
  ];
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--)
    ways[Math.floor(random() * ways.length)]?.();
  return Uint8Array.from(result, (byte) => byte ?? 0);
}
