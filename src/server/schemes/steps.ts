/** The history people see: who changed which records, and from what. Written with the updates, read a page at a time. */
import { isDeepStrictEqual, promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { readRecords } from '../../domain/scheme/check.ts';
import type { SchemeRecord } from '../../domain/scheme/marks.ts';
import { type Db, isClient, Prisma, type Tx } from '../db.ts';
import { asSql, type Sql, straight } from '../sql.ts';
import { type DocumentAt, loadDocument, recordsOfDocument } from './document.ts';
import { unpackText } from './packing.ts';
import type { Writer } from './writers.ts';

type Candidate = Record<string, unknown>;

/** What became of one record; null where there was, or is, none. Of what it became only the type is kept: going back starts at the present. */
export type Change = readonly [before: Candidate | null, after: Candidate | null];
export type StepKind = 'drawn' | 'back';

export interface StepToKeep {
  /** The step that goes on; null for a new one. */
  id: bigint | null;
  writer: Writer;
  kind: StepKind;
  at: Date;
  untilAt: Date;
  changes: ReadonlyMap<string, Change>;
}

export interface PackedStep extends Omit<StepToKeep, 'changes'> {
  packed: Uint8Array<ArrayBuffer>;
}

const deflateAside = promisify(deflate);

const thinned = (changes: ReadonlyMap<string, Change>): [string, Change][] =>
  [...changes].map(([id, [before, after]]) => [id, [before, after && { type: after['type'] }]]);

/** Packed beforehand and off the loop: a room's others don't wait for it, nor does a transaction. */
export const packSteps = (steps: readonly StepToKeep[]): Promise<PackedStep[]> =>
  Promise.all(
    steps.map(async ({ changes, ...step }) => ({
      ...step,
      packed: new Uint8Array(await deflateAside(JSON.stringify(Object.fromEntries(thinned(changes))))),
    })),
  );

/** Writes steps in the caller's transaction and says their ids, in order. */
export async function keepSteps(
  sql: Sql,
  at: DocumentAt,
  steps: readonly PackedStep[],
): Promise<(bigint | null)[]> {
  const ids: (bigint | null)[] = [];
  for (const { id, writer, kind, at: from, untilAt, packed } of steps) {
    const [row] =
      id === null
        ? await sql.rows<{ id: string }>(Prisma.sql`
            INSERT INTO scheme_step (scheme_id, generation, account_id, guest_id, name, kind, at, until_at, changes)
            VALUES (${at.schemeId}::uuid, ${at.generation}, ${writer.accountId}::uuid, ${writer.guestId}::uuid,
              ${writer.name}, ${kind}, ${from}, ${untilAt}, ${packed}) RETURNING id::text`)
        : await sql.rows<{ id: string }>(Prisma.sql`
            UPDATE scheme_step SET until_at = ${untilAt}, changes = ${packed} WHERE id = ${id} RETURNING id::text`);
    ids.push(row ? BigInt(row.id) : null);
  }
  return ids;
}

const changesOf = (packed: Uint8Array): [string, Change][] =>
  Object.entries(JSON.parse(unpackText(packed)) as Record<string, Change>);

/** How many of each type, e.g. `{ injection: 3 }`. */
export type Counts = Record<string, number>;

export interface Step {
  id: string;
  kind: StepKind;
  name: string;
  accountId: string | null;
  guestId: string | null;
  at: Date;
  untilAt: Date;
  added: Counts;
  changed: Counts;
  removed: Counts;
}

interface StepRow {
  id: string;
  account_id: string | null;
  guest_id: string | null;
  name: string;
  kind: StepKind;
  at: Date;
  until_at: Date;
  changes: Buffer;
}

export interface StepPage {
  /** Only what lies before this step. */
  before?: string | null;
  limit?: number;
}

const longestPage = 50;

const sqlOf = (db: Db | Tx): Sql => (isClient(db) ? straight(db) : asSql(db));

const readSteps = (db: Db | Tx, at: DocumentAt, before: string | null, limit: number): Promise<StepRow[]> =>
  sqlOf(db).rows<StepRow>(Prisma.sql`
    SELECT id::text, account_id, guest_id, name, kind, at, until_at, changes FROM scheme_step
    WHERE scheme_id = ${at.schemeId}::uuid AND generation = ${at.generation}
      AND (${before}::bigint IS NULL OR id < ${before}::bigint)
    ORDER BY scheme_step.id DESC LIMIT ${limit}`);

/** The newest first; `next` asks for the page after this one. */
export async function listSteps(
  db: Db | Tx,
  at: DocumentAt,
  { before = null, limit = longestPage }: StepPage = {},
): Promise<{ steps: Step[]; next: string | null }> {
  const most = Math.max(1, Math.min(limit, longestPage));
  const rows = await readSteps(db, at, before, most + 1);
  const page = rows.slice(0, most);
  // What was drawn and taken back before anybody could look is no step to go back to.
  const steps = page
    .map(stepOf)
    .filter(({ added, changed, removed }) =>
      [added, changed, removed].some((counts) => Object.keys(counts).length > 0),
    );
  return { steps, next: rows.length > most ? (page.at(-1)?.id ?? null) : null };
}

function stepOf(row: StepRow): Step {
  const step: Step = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    accountId: row.account_id,
    guestId: row.guest_id,
    at: row.at,
    untilAt: row.until_at,
    added: {},
    changed: {},
    removed: {},
  };
  for (const [, [before, after]] of changesOf(row.changes)) {
    const counts = before === null ? step.added : after === null ? step.removed : step.changed;
    const type = (after ?? before)?.['type'];
    if (typeof type === 'string' && /^[a-z]{1,20}$/.test(type)) counts[type] = (counts[type] ?? 0) + 1;
  }
  return step;
}

const stepsARead = 100;
/** A consultation has some hundreds; whoever asks for more is told that it can't be had. */
const mostStepsBack = 20_000;

/**
 * The records as they were right after a step; null where there is no such step. Found from the present backwards: what later steps
 * changed is put back.
 */
export async function recordsAtStep(
  db: Db | Tx,
  at: DocumentAt,
  stepId: string | bigint,
): Promise<Map<string, SchemeRecord> | null> {
  if (!/^\d{1,18}$/.test(String(stepId))) return null;
  const wanted = BigInt(stepId);
  const records = recordsOfDocument(await loadDocument(db, at));
  let before: string | null = null;
  for (let read = 0; read < mostStepsBack; read += stepsARead) {
    const rows: StepRow[] = await readSteps(db, at, before, stepsARead);
    for (const row of rows) {
      if (BigInt(row.id) === wanted)
        return new Map(readRecords(records).records.map((record) => [record.id, record]));
      if (BigInt(row.id) < wanted) return null;
      for (const [id, [was]] of changesOf(row.changes)) {
        if (was === null) records.delete(id);
        else records.set(id, was);
      }
    }
    if (rows.length < stepsARead) return null;
    before = rows.at(-1)?.id ?? null;
  }
  return null;
}

/** What lies between two sets of records; empty where they are alike. */
export function changesBetween(
  before: ReadonlyMap<string, Candidate>,
  after: ReadonlyMap<string, Candidate>,
): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [id, was] of before) {
    const is = after.get(id) ?? null;
    if (is === null || !isDeepStrictEqual(was, is)) changes.set(id, [was, is]);
  }
  for (const [id, is] of after) if (!before.has(id)) changes.set(id, [null, is]);
  return changes;
}
