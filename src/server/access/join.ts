/** What a proven address opens: the account that had it, or the card that carries it. Never before the proof (ACC-2). */
import type { Actor } from '../../domain/access/actor.ts';
import type { ProofOutcome } from '../../domain/account.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { mergeCards } from '../clients/merge.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { noteEntry } from '../trail/note.ts';
import { lockAddress } from './proof.ts';
import { revokeSessionsOf } from './sessions.ts';

interface ProvenAccount {
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
}

export interface Joined {
  outcome: ProofOutcome;
  /** Whose session this browser gets. */
  accountId: string;
}

/**
 * To be called in the transaction in which `account` proved its address.
 * - Another verified account has it: this account's card and visits go there, this account is closed.
 *   Not so where that account has wider rights than a client's: or a second factor: those are
 *   entered by their password alone.
 * - Nobody has it: the account is verified, and the one card without an account that carries the address (or the
 *   proven phone) takes it over. Several such cards are left to staff, with an entry in the trail.
 * Refuses with `account_blocked` where the clinic has blocked the owner.
 */
export async function joinProven(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  account: ProvenAccount,
): Promise<Result<Joined>> {
  if (account.emailVerifiedAt) return done({ outcome: 'verified', accountId: account.id });
  await lockAddress(tx, account.email);
  const owner = await tx.account.findFirst({
    where: { email: account.email, emailVerifiedAt: { not: null }, id: { not: account.id } },
    include: { roles: { include: { role: true } }, client: { select: { id: true } }, secondFactor: true },
  });
  if (!owner) {
    await tx.account.update({ where: { id: account.id }, data: { emailVerifiedAt: deps.now() } });
    await joinCard(tx, deps, actor, account);
    return done({ outcome: 'verified', accountId: account.id });
  }
  if (owner.blockedAt) return refuse('account_blocked');
  // A mailbox alone is no way past a second factor.
  if (owner.secondFactor?.confirmedAt || owner.roles.some(({ role }) => role.key !== 'client'))
    return done({ outcome: 'sign_in_instead', accountId: account.id });
  await joinAccount(tx, deps, actor, account.id, { id: owner.id, clientId: owner.client?.id ?? null });
  return done({ outcome: 'joined', accountId: owner.id });
}

/** The provisional account's card goes over to the owner's; the account is closed for good. */
async function joinAccount(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  fromId: string,
  owner: { id: string; clientId: string | null },
): Promise<void> {
  const now = deps.now();
  const card = await tx.client.findUnique({ where: { accountId: fromId }, select: { id: true } });
  if (card && owner.clientId) {
    await mergeCards(tx, now, {
      fromId: card.id,
      intoId: owner.clientId,
      action: 'client.merge_by_proof',
      reason: null,
    });
  } else if (card) {
    await tx.client.update({ where: { id: card.id }, data: { accountId: owner.id, updatedAt: now } });
    await noteChange(tx, { topic: 'client', entityId: card.id });
  }
  await tx.appointment.updateMany({
    where: { holderKey: `account:${fromId}`, status: 'held' },
    data: { holderKey: `account:${owner.id}` },
  });
  await tx.account.update({
    where: { id: fromId },
    data: { blockedAt: now, blockedReason: `joined ${owner.id}` },
  });
  await tx.credential.deleteMany({ where: { accountId: fromId } });
  await revokeSessionsOf(tx, fromId, now, 'account joined another');
}

/** A card the clinic had before the account existed, found by what has just been proven. */
async function joinCard(tx: Tx, deps: Deps, actor: Actor, account: ProvenAccount): Promise<void> {
  const now = deps.now();
  const provenPhone = account.phoneVerifiedAt ? account.phone : null;
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM client
    WHERE account_id IS NULL AND merged_into_id IS NULL
      AND (email = ${account.email}::citext OR (${provenPhone}::text IS NOT NULL AND phone = ${provenPhone}::text))
    ORDER BY id LIMIT 20 FOR UPDATE`;
  const [only, ...others] = found;
  if (!only) return;
  const own = await tx.client.findUnique({ where: { accountId: account.id }, select: { id: true } });
  if (others.length > 0) {
    await noteEntry(tx, {
      action: 'client.link_ambiguous',
      subjectType: 'client',
      subjectId: own?.id ?? null,
      clientId: own?.id ?? null,
      detail: { cardIds: found.map(({ id }) => id) },
    });
    return;
  }
  if (own)
    await mergeCards(tx, now, {
      fromId: own.id,
      intoId: only.id,
      action: 'client.merge_by_proof',
      reason: null,
    });
  await tx.client.update({ where: { id: only.id }, data: { accountId: account.id } });
  await noteChange(tx, { topic: 'client', entityId: only.id });
}
