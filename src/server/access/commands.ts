/** Signing in and out. */
import { z } from 'zod';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { verifyPassword } from './passwords.ts';
import { type Origin, openSession } from './sessions.ts';

export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(256),
});

/** How many unproven accounts with one e-mail are tried; each costs a hash. */
const maxUnproven = 2;

/**
 * Opens a session for the right e-mail and password.
 * An e-mail is owned by the account that proved it; until somebody does, each of the newest unproven ones may sign in
 * with its own password. Refuses with one code for unknown, wrong and blocked, after the same work.
 */
export async function signIn(
  deps: Deps,
  origin: Origin,
  input: z.infer<typeof signInInput>,
): Promise<Result<{ token: string; accountId: string; name: string }>> {
  const accounts = await deps.db.account.findMany({
    where: { email: input.email },
    orderBy: [{ emailVerifiedAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'desc' }],
    take: maxUnproven,
  });
  const candidates = accounts[0]?.emailVerifiedAt ? accounts.slice(0, 1) : accounts;
  let found: (typeof accounts)[number] | undefined;
  for (let index = 0; index < maxUnproven; index++) {
    const candidate = candidates[index];
    const matches = await verifyPassword(candidate?.passwordHash ?? null, input.password);
    if (matches && !found) found = candidate;
  }
  if (!found || found.blockedAt) return refuse('wrong_credentials');
  const { id: accountId, name } = found;
  const token = await transact(deps.db, (tx) =>
    openSession(tx, { id: deps.newId(), accountId, now: deps.now(), origin }),
  );
  return done({ token, accountId, name });
}
