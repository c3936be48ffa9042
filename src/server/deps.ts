/** What every command is given: the database, the queue, the clock and a maker of ids. Ports are the outside world. */
import { type Actor, actorId } from '../domain/access/actor.ts';
import { actingAs, type Db } from './db.ts';
import type { Announcer } from './live/announcer.ts';
import type { Queue } from './queue.ts';

export interface Deps {
  /** On behalf of whoever acts (`onBehalfOf`): without, row security gives nothing that isn't public. */
  db: Db;
  queue: Queue;
  /** Tells open calendars to look, outside of any transaction. */
  announcer: Announcer;
  now(): Date;
  newId(): string;
}

/** The same for one actor: row security sees what they may see and lets them write what they may write. */
export const onBehalfOf = (deps: Deps, actor: Actor): Deps => ({ ...deps, db: actingAs(deps.db, actor) });

/**
 * The system's own hand, for what reaches beyond the actor's rows: doors that look for accounts, cards that are joined. Only after the
 * policy has been asked; the trail still names the actor.
 */
export const asSystem = (deps: Deps, task: string, actor?: Actor): Deps => ({
  ...deps,
  db: systemDb(deps.db, task, actor),
});

export function systemDb(db: Db, task: string, actor?: Actor): Db {
  const by = actor && actor.kind !== 'system' ? { kind: actor.kind, accountId: actorId(actor) } : undefined;
  return actingAs(db, { kind: 'system', task, ...(by ? { by } : {}) });
}
