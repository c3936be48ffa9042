/**
 * Puzzles for those who try much: some seconds of a browser's work, made and checked here without asking anybody (altcha). Signed, so
 * nothing is kept of those that are given out; kept once they are solved, so that each counts once.
 */
import { createHash } from 'node:crypto';
import { type Challenge, createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { Prisma } from '../db.ts';
import { keyFor } from '../keys.ts';
import type { Sql } from '../sql.ts';

export type Puzzle = Challenge;

const algorithm = 'PBKDF2/SHA-256';
/** About a second of a laptop, a few of a cheap phone. */
const iterations = 2_000;
const leastRounds = 1_000;
const mostRounds = 3_000;
const lifeMs = 10 * 60_000;

/** One key to sign what is asked, another for what answers it. */
const secretsOf = (masterKey: string) => {
  const key = keyFor(masterKey, 'puzzles').toString('hex');
  return { hmacSignatureSecret: `asked ${key}`, hmacKeySignatureSecret: `solved ${key}` };
};

/** A fresh puzzle, good for ten minutes and once. Costs us what one of its rounds costs; `rounds` are what it costs a browser. */
export async function makePuzzle(
  masterKey: string,
  now: Date,
  rounds = randomInt(mostRounds, leastRounds),
): Promise<Puzzle> {
  const puzzle = await createChallenge({
    algorithm,
    cost: iterations,
    counter: rounds,
    deriveKey,
    // Not the library's own field: that is held against the machine's clock.
    data: { until: now.getTime() + lifeMs },
    ...secretsOf(masterKey),
  });
  const { signature = '' } = puzzle;
  // As it is signed: without the fields that are not set.
  const set = Object.entries(puzzle.parameters).filter(([, value]) => value !== undefined);
  return { parameters: Object.fromEntries(set) as Puzzle['parameters'], signature };
}

const longestPayload = 4_000;
const payload = z.object({
  challenge: z.object({
    parameters: z
      .object({
        algorithm: z.literal(algorithm),
        nonce: z.string(),
        salt: z.string(),
        cost: z.literal(iterations),
        keyLength: z.number(),
        keyPrefix: z.string(),
        keySignature: z.string(),
        data: z.object({ until: z.number() }),
      })
      .loose(),
    signature: z.string().min(1),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }).loose(),
});

function parse(text: string): z.infer<typeof payload> | null {
  if (text.length > longestPayload) return null;
  try {
    const parsed = payload.safeParse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // no JSON: as good as none
  }
}

export interface Solved {
  hash: Buffer;
  expiresAt: Date;
}

/** What a page sent, where it answers a puzzle of ours that is still good; null otherwise. Whether it has been used, `spendPuzzle` knows. */
export async function checkPuzzle(masterKey: string, now: Date, text: string): Promise<Solved | null> {
  const given = parse(text);
  if (!given) return null;
  const { challenge, solution } = given;
  const expiresAt = new Date(challenge.parameters.data.until);
  if (!(expiresAt > now)) return null;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secretsOf(masterKey) });
  return verified ? { hash: createHash('sha256').update(challenge.signature).digest(), expiresAt } : null;
}

/** Uses it up: true once. To be called as the system. */
export async function spendPuzzle(tx: Sql, { hash, expiresAt }: Solved): Promise<boolean> {
  const written = await tx.run(Prisma.sql`
    INSERT INTO used_challenge (hash, expires_at) VALUES (${hash}, ${expiresAt}) ON CONFLICT DO NOTHING`);
  return written === 1;
}
