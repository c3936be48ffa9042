/** Who must have a second factor, and by when. Nobody is locked out: setting it up is open to whoever has signed in. */
import type { Right } from './actor.ts';

/** From the day the account was made; none where the clinic's administrators had theirs before that. */
export const factorGraceDays = 14;

export type FactorStanding =
  /** None needed, or there is one. */
  | 'fine'
  /** Needed, and there is time left. */
  | 'due'
  /** Needed, and everything else waits for it. */
  | 'overdue';

/** With these one gives others rights, or takes charge of their accounts: an administrator by whatever name. */
export const weighty: readonly Right[] = ['people.edit', 'roles.edit'];

/** The standing of an account. Instants in epoch milliseconds. */
export function secondFactorStanding(account: {
  roleKeys: readonly string[];
  rights: ReadonlySet<Right>;
  hasFactor: boolean;
  accountCreatedAt: number;
  /** Whether another administrator had a second factor when this account was made. */
  isLatecomer?: boolean;
  now: number;
}): FactorStanding {
  const isNeeded =
    account.roleKeys.includes('administrator') || weighty.some((right) => account.rights.has(right));
  if (!isNeeded || account.hasFactor) return 'fine';
  if (account.isLatecomer) return 'overdue';
  return account.now < factorDueAt(account.accountCreatedAt) ? 'due' : 'overdue';
}

export const factorDueAt = (accountCreatedAt: number): number =>
  accountCreatedAt + factorGraceDays * 86_400_000;
