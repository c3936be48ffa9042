/** Argon2id behind a semaphore: a flood of sign-ins must not take all memory or both cores. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from '../../domain/password.ts';

// Argon2id is the library's default; OWASP's second configuration: 46 MiB, one pass, one lane.
const options = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const maxAtOnce = 2;
/** Some seconds of work: who comes after that many is told to come again, before anything of theirs is kept. */
const maxWaiting = 100;
/** So many sign-ins at a time wait for their turn; the rest of the queue is for those who are inside already. */
const maxEntering = 40;
/** Beyond them, so many on devices that are known here: a flood of strangers keeps nobody out who has been in. */
const maxKnownEntering = 20;

/** The queue is full. `isUnavailable` knows it: every door says `busy`. */
export class HashingBusy extends Error {
  readonly code = 'HASHING_BUSY';
}

interface Hashing {
  running: number;
  entering: number;
  waiting: (() => void)[];
  spent: { verified: number; decoys: number; mostWaiting: number };
}

// Next loads this file once for pages and once for routes; both wait in the one queue of the process.
const kept = globalThis as typeof globalThis & { dermisHashing?: Hashing };
kept.dermisHashing ??= {
  running: 0,
  entering: 0,
  waiting: [],
  spent: { verified: 0, decoys: 0, mostWaiting: 0 },
};
const hashing = kept.dermisHashing;

/** How many real hashes were tried since the process began, how many for nobody, and how long the queue ever was: for figures. */
export const hashingSpent = (): Readonly<Hashing['spent']> => ({ ...hashing.spent });

async function withPermit<T>(work: () => Promise<T>): Promise<T> {
  const { waiting, spent } = hashing;
  if (hashing.running < maxAtOnce) hashing.running += 1;
  else {
    if (waiting.length >= maxWaiting) throw new HashingBusy('too many passwords at once');
    spent.mostWaiting = Math.max(spent.mostWaiting, waiting.length + 1);
    await new Promise<void>((go) => waiting.push(go));
  }
  try {
    return await work();
  } finally {
    // The permit goes from hand to hand: nobody who comes now gets in before who waits.
    const next = waiting.shift();
    if (next) next();
    else hashing.running -= 1;
  }
}

/** Runs what will hash, unless so much of it is under way that it would wait for seconds: then it throws before anything was done. */
export async function whileNotTooMany<T>(isKnown: boolean, work: () => Promise<T>): Promise<T> {
  if (hashing.entering >= maxEntering + (isKnown ? maxKnownEntering : 0))
    throw new HashingBusy('too many sign-ins at once');
  hashing.entering += 1;
  try {
    return await work();
  } finally {
    hashing.entering -= 1;
  }
}

export const hashPassword = (password: string): Promise<string> =>
  withPermit(() => hash(normalPassword(password), options));

// Tried where there is no account, so that the time tells nothing: in form and cost like any other, and nobody's.
const unpadded = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '');
const decoy = `$argon2id$v=19$m=${options.memoryCost},t=${options.timeCost},p=${options.parallelism}$${unpadded(16)}$${unpadded(32)}`;

/** False for a wrong password and, after the same work, for an absent hash. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await withPermit(() => {
    hashing.spent[passwordHash === null ? 'decoys' : 'verified'] += 1;
    // A hash that can't be read matches nothing; a queue that is full is another matter.
    return verify(passwordHash ?? decoy, normalPassword(password)).catch(() => false);
  });
  return matches && passwordHash !== null;
}
