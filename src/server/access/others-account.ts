/** Somebody else's account, as whoever looks after people finds it: a colleague's by itself, a client's by the card it belongs to. */
import type { Actor } from '../../domain/access/actor.ts';
import { clientScope } from '../../domain/access/client.ts';
import { outranks } from '../../domain/access/outrank.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { findCard } from '../clients/scope.ts';
import type { Db, Tx } from '../db.ts';

/** Whose it is: a colleague's, or that of the client with this card. */
export type Whose = { accountId: string } | { clientId: string };

export interface OthersAccount {
  accountId: string;
  /** The card it belongs to; null for colleagues. */
  clientId: string | null;
  isProven: boolean;
  blockedAt: Date | null;
  blockedReason: string | null;
  /** Not with rights beyond the actor's own. */
  mayChange: boolean;
}

const staffRole = { role: { key: { not: 'client' } } };

/**
 * The account, to be looked at. Refuses `forbidden`, and `not_found` for whoever is no colleague, for a card beyond the actor's sight and
 * for one without an account. Who works here is no client of this house, also where a card says so: they are found as colleagues alone.
 */
export async function findOthersAccount(
  from: Db | Tx,
  actor: Actor,
  whose: Whose,
): Promise<Result<OthersAccount>> {
  if ('accountId' in whose) {
    if (!can(actor, 'people.edit')) return refuse('forbidden');
    return read(from, actor, null, { id: whose.accountId, roles: { some: staffRole } });
  }
  if (!can(actor, 'client.edit_account')) return refuse('forbidden');
  const clientId = await findCard(from, clientScope(actor), whose.clientId);
  if (clientId === null) return refuse('not_found', { noun: 'client' });
  return read(from, actor, clientId, { client: { id: clientId }, roles: { none: staffRole } });
}

/** The same, to be changed: `forbidden` as well where the account has rights the actor lacks. */
export async function othersAccountToChange(
  from: Db | Tx,
  actor: Actor,
  whose: Whose,
): Promise<Result<OthersAccount>> {
  const found = await findOthersAccount(from, actor, whose);
  return found.ok && !found.value.mayChange ? refuse('forbidden') : found;
}

type Where = NonNullable<Parameters<Db['account']['findFirst']>[0]>['where'];

async function read(
  from: Db | Tx,
  actor: Actor,
  clientId: string | null,
  where: Where,
): Promise<Result<OthersAccount>> {
  const account = await from.account.findFirst({
    where,
    select: {
      id: true,
      emailVerifiedAt: true,
      blockedAt: true,
      blockedReason: true,
      roles: { select: { role: { select: { rights: true } } } },
    },
  });
  if (!account) return refuse('not_found', { noun: 'account' });
  const { id, emailVerifiedAt, roles, ...blocking } = account;
  return done({
    ...blocking,
    accountId: id,
    clientId,
    isProven: emailVerifiedAt !== null,
    mayChange: outranks(
      actor,
      roles.map(({ role }) => role),
    ),
  });
}
