/**
 * As whom a line to the database speaks. Row security asks for it inside of every transaction (migration `row_security`); it is set
 * by the transaction's first message and ends with it, so that the next borrower of the line inherits nothing. A line nobody stands
 * for is nobody's: it sees what is public and no more.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Actor, holderKeysOf } from '../domain/access/actor.ts';

// Next loads this file once for pages and once for routes; the pools are the process's own.
const kept = globalThis as typeof globalThis & { dermisStanding?: AsyncLocalStorage<string> };
kept.dermisStanding ??= new AsyncLocalStorage();
const standing = kept.dermisStanding;

/** Ids, keys and names of rights or tasks; nothing else is ever put into a statement's text. */
const harmless = /^[\w.:, -]*$/;

function setting(name: string, value: string): string {
  if (!harmless.test(value)) throw new Error(`no value for dermis.${name}`);
  return `set_config('dermis.${name}', '${value}', true)`;
}

/** The statement that makes a transaction this actor's. */
export function standFor(actor: Actor): string {
  const settings = [setting('kind', actor.kind)];
  if (actor.kind === 'staff' || actor.kind === 'client') settings.push(setting('account', actor.accountId));
  if (actor.kind === 'client' && actor.clientId) settings.push(setting('client', actor.clientId));
  if (actor.kind === 'staff') {
    // Between commas, so that a right is found whole.
    settings.push(setting('rights', `,${[...actor.rights].join(',')},`));
    if (actor.specialistId) settings.push(setting('specialist', actor.specialistId));
  }
  if (actor.kind === 'system') {
    settings.push(setting('task', actor.task));
    if (actor.by) settings.push(setting('by_kind', actor.by.kind), setting('by', actor.by.accountId ?? ''));
  }
  const holders = holderKeysOf(actor);
  if (holders.length > 0) settings.push(setting('holders', `,${holders.join(',')},`));
  return `SELECT ${settings.join(', ')}`;
}

/** Runs `work` so that every transaction it begins opens with this statement. */
export const standingFor = <T>(opening: string, work: () => T): T => standing.run(opening, work);

/** The opening of whoever borrows a line right now; to be asked at the moment of asking for the line, never later. */
export const openingNow = (): string | null => standing.getStore() ?? null;
