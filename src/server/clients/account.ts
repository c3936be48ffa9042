/** The account behind a card, as whoever looks after people sees and changes it. Its password stays the client's own. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result } from '../../domain/refusal.ts';
import { dropFactor, lockAccount } from '../access/factor-setup.ts';
import { findOthersAccount, othersAccountToChange } from '../access/others-account.ts';
import { revokeSessionsOf } from '../access/sessions.ts';
import { transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { nextVersion } from '../versioned.ts';
import { noteReading } from './reads.ts';

export interface ClientAccount {
  accountId: string;
  isBlocked: boolean;
  blockedReason: string | null;
  /** Whether letters to its address reach its owner. */
  isProven: boolean;
  /** Since when a second factor is asked for; null where none is. */
  factorSince: Date | null;
}

/** Refuses `forbidden`, and `not_found` for a card beyond the actor's sight and for one without a client's account. */
export async function readClientAccount(
  deps: Deps,
  actor: Actor,
  input: { clientId: string },
): Promise<Result<ClientAccount>> {
  const found = await findOthersAccount(deps.db, actor, input);
  if (!found.ok) return found;
  const { accountId, clientId, isProven, blockedAt, blockedReason } = found.value;
  if (clientId !== null) await noteReading(deps.db, clientId);
  // What opens doors is shown to nobody; that there is one is told.
  const { db } = asSystem(deps, 'whether a client has a second factor', actor);
  const factor = await db.secondFactor.findUnique({ where: { accountId }, select: { confirmedAt: true } });
  return done({
    accountId,
    isProven,
    blockedReason,
    isBlocked: blockedAt !== null,
    factorSince: factor?.confirmedAt ?? null,
  });
}

/**
 * Keeps a client out, signed out everywhere at once, or lets them in again; their visits stay. What is so already stays as it is, with
 * the reason it was given. Refuses `forbidden` and `not_found`.
 */
export async function blockClient(
  deps: Deps,
  actor: Actor,
  input: { clientId: string; isBlocked: boolean; reason: string | null },
): Promise<Result<null>> {
  const { clientId, isBlocked, reason } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    const found = await othersAccountToChange(tx, actor, { clientId });
    if (!found.ok) return found;
    const { accountId } = found.value;
    const now = deps.now();
    const { count } = await tx.account.updateMany({
      where: { id: accountId, blockedAt: isBlocked ? null : { not: null } },
      data: {
        blockedAt: isBlocked ? now : null,
        blockedReason: isBlocked ? reason : null,
        version: nextVersion,
      },
    });
    if (count === 0) return done(null);
    if (isBlocked) await revokeSessionsOf(tx, accountId, now, 'blocked');
    await noteChange(tx, { topic: 'client', entityId: found.value.clientId ?? clientId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/**
 * Takes a lost second factor away: its codes, every session, and the password, which may be too short to stand alone and is perhaps all
 * that a stranger who asks for this knows. The owner is told, and mailed a link to choose a new one; nothing is
 * mailed to an address nobody has proven, so there the password stays. Where there is no second factor nothing changes. Refuses `forbidden` and `not_found`.
 */
export async function takeFactorOf(
  deps: Deps,
  actor: Actor,
  input: { clientId: string },
): Promise<Result<null>> {
  const found = await othersAccountToChange(deps.db, actor, input);
  if (!found.ok) return found;
  const { accountId, isProven } = found.value;
  const { db } = asSystem(deps, 'take a second factor away', actor);
  await transact(db, async (tx) => {
    await lockAccount(tx, accountId);
    const confirmed = await tx.secondFactor.count({ where: { accountId, confirmedAt: { not: null } } });
    if (confirmed === 0 || !(await dropFactor(tx, deps, accountId))) return;
    await revokeSessionsOf(tx, accountId, deps.now(), 'second factor taken away');
    if (isProven) {
      await tx.credential.deleteMany({ where: { accountId } });
      await deps.queue.send(tx, 'send-reset', { resetId: deps.newId(), accountId });
    }
    await noteChange(tx, { topic: 'client', entityId: found.value.clientId ?? input.clientId });
  });
  deps.announcer.announce();
  return done(null);
}
