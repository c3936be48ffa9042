/** Solves puzzles as a page does, in this process. */
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** What the page sends along. */
export async function solved(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey, timeout: 60_000 });
  if (!solution) throw new Error('the puzzle has no solution');
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
