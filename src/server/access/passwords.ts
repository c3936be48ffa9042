/** Argon2id behind a semaphore: a flood of sign-ins must not take all memory or both cores. */
import { hash, verify } from '@node-rs/argon2';

// Argon2id is the library's default; OWASP's second configuration: 46 MiB, one pass, one lane.
const options = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const maxAtOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function withPermit<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export const hashPassword = (password: string): Promise<string> => withPermit(() => hash(password, options));

// Spent where there is no account, so that the time tells nothing. Made once a process from a random secret.
let decoy: Promise<string> | undefined;

/** False for a wrong password and, after the same work, for an absent hash. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const target = passwordHash ?? (await (decoy ??= hashPassword(crypto.randomUUID())));
  const matches = await withPermit(() => verify(target, password)).catch(() => false);
  return matches && passwordHash !== null;
}
