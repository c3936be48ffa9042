/** Whose turn it is to decode: one picture of fifty megapixels takes some hundred megabytes and a core for a while. */

const maxAtOnce = 2;
/** Each holds its file in memory as it waits; whoever comes after them is told to come again. */
const maxWaiting = 6;
/** So many files may be on their way at once: each is in memory as far as it has come, however slowly it comes. */
const maxComing = 16;

interface Turns {
  running: number;
  coming: number;
  waiting: (() => void)[];
}

// Next loads this file once for pages and once for routes; both wait in the one queue of the process.
const kept = globalThis as typeof globalThis & { dermisDecoding?: Turns };
kept.dermisDecoding ??= { running: 0, coming: 0, waiting: [] };
const turns = kept.dermisDecoding;

/** Runs `work` when it is its turn; null where too many wait already. */
export async function inTurn<T>(work: () => Promise<T>): Promise<{ value: T } | null> {
  if (turns.running < maxAtOnce) turns.running += 1;
  else {
    if (turns.waiting.length >= maxWaiting) return null;
    await new Promise<void>((go) => turns.waiting.push(go));
  }
  try {
    return { value: await work() };
  } finally {
    // From hand to hand: nobody who comes now gets in before who waits.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running -= 1;
  }
}

/** Runs what takes a file in; null where too many are on their way already. */
export async function whileComing<T>(work: () => Promise<T>): Promise<{ value: T } | null> {
  if (turns.coming >= maxComing) return null;
  turns.coming += 1;
  try {
    return { value: await work() };
  } finally {
    turns.coming -= 1;
  }
}
