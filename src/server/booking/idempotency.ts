/** A command sent twice acts once and answers the same (BOOK-5). Only successes are kept: a refusal may be tried again. */
import { createHash } from 'node:crypto';
import { type Actor, ownerOf } from '../../domain/access/actor.ts';
import { done, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, Rollback, type Tx } from '../db.ts';
import { asSql, type Sql, straight } from '../sql.ts';

export interface Once {
  actor: Actor;
  key: string;
  command: string;
  input: unknown;
  now: Date;
}

const hashOf = ({ command, input }: Once): Buffer =>
  createHash('sha256')
    .update(command)
    .update(
      JSON.stringify(input, (_key, value: unknown) => (value instanceof Date ? value.toISOString() : value)),
    )
    .digest();

interface Kept {
  request_hash: Uint8Array;
  response: unknown;
}

/** The earlier answer to this key: null where there is none, a refusal where the body was another. */
export async function earlierAnswer<T>(db: Db | Tx | Sql, once: Once): Promise<Result<T> | null> {
  const [kept] = await asSql(db).rows<Kept>(Prisma.sql`
    SELECT request_hash, response FROM idempotency_key WHERE owner = ${ownerOf(once.actor)} AND key = ${once.key}`);
  if (!kept) return null;
  if (!hashOf(once).equals(kept.request_hash)) return refuse('idempotency_key_reused');
  return done(kept.response as T);
}

/**
 * Keeps the answer within the transaction that makes it true. Where another transaction was quicker with the same key,
 * this one is rolled back and the caller reads that answer.
 */
export async function keepAnswer(tx: Tx | Sql, once: Once, response: object): Promise<void> {
  const kept = await asSql(tx).run(Prisma.sql`
    INSERT INTO idempotency_key (owner, key, command, request_hash, response, created_at)
    VALUES (${ownerOf(once.actor)}, ${once.key}, ${once.command}, ${hashOf(once)}, ${JSON.stringify(response)}::jsonb, ${once.now})
    ON CONFLICT DO NOTHING`);
  if (kept === 0) throw new Rollback<Attempt<never>>({ again: true });
}

/** What one try of a command comes to. `again`: the same key was answered elsewhere meanwhile. */
export type Attempt<T> = { again: true } | { again: false; result: Result<T> };

/** Undoes the transaction and answers with the refusal. */
export function giveUp(refusal: Refusal): never {
  throw new Rollback<Attempt<never>>({ again: false, result: { ok: false, refusal } });
}

export const succeed = <T>(value: T): Attempt<T> => ({ again: false, result: done(value) });

/** Runs a command once per key. `attempt` must call `keepAnswer` in its transaction. */
export async function onlyOnce<T>(
  db: Db,
  once: Once,
  attempt: () => Promise<Attempt<T>>,
): Promise<Result<T>> {
  const earlier = await earlierAnswer<T>(straight(db), once);
  if (earlier) return earlier;
  const tried = await attempt();
  if (!tried.again) {
    if (tried.result.ok) return tried.result;
    // The winner of the slot may have been ourselves, sent twice.
    return (await earlierAnswer<T>(straight(db), once)) ?? tried.result;
  }
  const answered = await earlierAnswer<T>(straight(db), once);
  if (!answered) throw new Error('an idempotency key vanished between two reads');
  return answered;
}
