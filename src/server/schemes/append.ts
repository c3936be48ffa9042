/** Adds to a scheme's document. What is written here, and only that, is what a page may call saved. */
import * as Y from 'yjs';
import { isDeepStrictEqual } from 'node:util';
import { entriesOf, recordsKey } from '../../domain/scheme/layout.ts';
import type { SchemeRecord } from '../../domain/scheme/marks.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, Rollback, type Tx } from '../db.ts';
import { asSql, type Sql, transactSql } from '../sql.ts';
import { type DocumentAt, loadDocument, recordsOfDocument } from './document.ts';
import { drawnChannel, idsPerNotice } from './notices.ts';
import { changesBetween, keepSteps, packSteps, type PackedStep, type StepKind } from './steps.ts';
import { claimWriters, type Writer } from './writers.ts';

/** What `drawnChannel` carries. */
export interface DrawnNotice {
  s: string;
  g: number;
  ids: string[];
  /** Which collab-server has it already; null where none has. */
  from: string | null;
}

export interface Batch {
  updates: readonly Uint8Array[];
  steps: readonly PackedStep[];
  /** Which collab-server has them in its room already. */
  from: string | null;
  now: Date;
}

export interface Appended {
  ids: bigint[];
  stepIds: (bigint | null)[];
}

/** Why nothing more is written: the scheme isn't a draft any more, was thrown back, or is gone. */
export const isRefused = (status: string | undefined, generation: number | undefined, at: DocumentAt) => {
  if (status === undefined) return refuse('not_found', { noun: 'scheme' });
  if (status === 'finished' || status === 'cancelled') return refuse('scheme_closed', { status });
  return generation === at.generation ? null : refuse('stale', { noun: 'scheme' });
};

/**
 * Updates and their notice in the caller's transaction. The scheme's row is held, shared: whoever finishes it waits for this, and what
 * comes after is refused.
 */
async function insertUpdates(
  sql: Sql,
  at: DocumentAt,
  updates: readonly Uint8Array[],
  { from, now }: Pick<Batch, 'from' | 'now'>,
): Promise<Result<bigint[]>> {
  // One value for all of them: an array of so many bytes would travel as text, twice as long.
  const all = Buffer.concat(updates);
  const offsets: number[] = [];
  let end = 0;
  for (const { length } of updates) {
    offsets.push(end + 1);
    end += length;
  }
  const lengths = updates.map(({ length }) => length);
  const [row] = await sql.rows<{ status: string; generation: number; ids: string[] | null }>(Prisma.sql`
    WITH held AS (SELECT status, generation FROM scheme WHERE id = ${at.schemeId}::uuid FOR SHARE),
    added AS (
      INSERT INTO scheme_update (scheme_id, generation, bytes, written_at)
      SELECT ${at.schemeId}::uuid, held.generation, substring(${all}::bytea FROM part.at FOR part.size), ${now}
      FROM held, unnest(${offsets}::int[], ${lengths}::int[]) WITH ORDINALITY AS part (at, size, place)
      WHERE held.status = 'draft' AND held.generation = ${at.generation}
      ORDER BY part.place RETURNING id)
    SELECT held.status, held.generation, (SELECT array_agg(id::text ORDER BY id) FROM added) AS ids FROM held`);
  const refused = isRefused(row?.status, row?.generation, at);
  if (refused) return refused;
  const ids = row?.ids ?? [];
  for (let start = 0; start < ids.length; start += idsPerNotice) {
    const notice: DrawnNotice = {
      s: at.schemeId,
      g: at.generation,
      ids: ids.slice(start, start + idsPerNotice),
      from,
    };
    await sql.rows(Prisma.sql`SELECT pg_notify(${drawnChannel}, ${JSON.stringify(notice)})::text`);
  }
  return done(ids.map(BigInt));
}

/** One transaction: updates, their steps, one notice. `db` must have the system's hand, since a room writes for many. */
export function appendBatch(db: Db, at: DocumentAt, batch: Batch): Promise<Result<Appended>> {
  return transactSql<Result<Appended>>(db, async (sql) => {
    const added = await insertUpdates(sql, at, batch.updates, batch);
    if (!added.ok) throw new Rollback(added);
    const stepIds = await keepSteps(sql, at, batch.steps);
    return done({ ids: added.value, stepIds });
  });
}

/** Updates of one writer each, already checked by the caller; without a step in the history. */
export function appendUpdates(
  db: Db,
  at: DocumentAt,
  updates: readonly { bytes: Uint8Array; writer: Writer }[],
  now = new Date(),
): Promise<Result<{ ids: bigint[] }>> {
  return transactSql<Result<{ ids: bigint[] }>>(db, async (sql) => {
    const added = await insertUpdates(
      sql,
      at,
      updates.map(({ bytes }) => bytes),
      { from: null, now },
    );
    if (!added.ok) throw new Rollback(added);
    for (const { bytes, writer } of updates) {
      const ids = new Set(Y.decodeUpdate(bytes).structs.map(({ id }) => id.client));
      await claimWriters(sql, at, [...ids], writer, now);
    }
    return done({ ids: added.value });
  });
}

/**
 * Makes the document hold exactly these records, as one more step of this writer. What is alike is left as it is. A scheme that takes
 * nothing more rolls the transaction back with its refusal.
 */
export async function appendRecords(
  tx: Tx,
  at: DocumentAt,
  { writer, kind, now = new Date() }: { writer: Writer; kind: StepKind; now?: Date },
  target: ReadonlyMap<string, SchemeRecord>,
): Promise<void> {
  const sql = asSql(tx);
  const doc = await loadDocument(tx, at);
  const before = recordsOfDocument(doc);
  const known = Y.encodeStateVector(doc);
  putRecords(doc, target);
  const changes = changesBetween(before, recordsOfDocument(doc));
  if (changes.size === 0) return;
  const added = await insertUpdates(sql, at, [Y.encodeStateAsUpdate(doc, known)], { from: null, now });
  if (!added.ok) throw new Rollback(added);
  await claimWriters(sql, at, [doc.clientID], writer, now);
  await keepSteps(sql, at, await packSteps([{ id: null, writer, kind, at: now, untilAt: now, changes }]));
}

function putRecords(doc: Y.Doc, target: ReadonlyMap<string, SchemeRecord>): void {
  const records = doc.getMap(recordsKey);
  doc.transact(() => {
    for (const id of records.keys()) if (!target.has(id)) records.delete(id);
    for (const [id, record] of target) {
      const wanted = entriesOf(record);
      const there = records.get(id);
      if (!(there instanceof Y.Map)) {
        records.set(id, new Y.Map(wanted));
        continue;
      }
      for (const key of there.keys()) if (!wanted.has(key)) there.delete(key);
      for (const [key, value] of wanted) if (!isDeepStrictEqual(there.get(key), value)) there.set(key, value);
    }
  });
}
