/** The batch's row as the steps of the work see it, and how one stretch of rows is written: all of it or nothing. */
import { z } from 'zod';
import { importKinds } from '../../domain/import-kinds.ts';
import { fileShape, importSettings, type ImportSettings } from '../../domain/import-settings.ts';
import type { Db, Tx } from '../db.ts';
import { Rollback, transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';

export const outcomes = ['read', 'created', 'updated', 'unchanged', 'history', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];
export const batchStatuses = [
  'uploaded',
  'checking',
  'checked',
  'running',
  'done',
  'undoing',
  'undone',
  'failed',
] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** Where a step goes on. */
const cursorSchema = z.object({
  step: z.enum(['clear', 'read', 'plan', 'write', 'finish', 'undo']).default('clear'),
  row: z.number().int().default(0),
  group: z.string().default(''),
  order: z.string().default(''),
  effect: z.string().nullable().default(null),
});
export type Cursor = z.infer<typeof cursorSchema>;
export const countsSchema = z.record(z.string(), z.number().int());
export type Counts = z.infer<typeof countsSchema>;

export const batchRow = z.object({
  id: z.string(),
  kind: z.enum(importKinds),
  origin: z.string(),
  fileName: z.string(),
  storedName: z.string().nullable(),
  status: z.enum(batchStatuses),
  shape: fileShape,
  mapping: importSettings,
  cursor: cursorSchema,
  counts: countsSchema,
  rowCount: z.number(),
  doneCount: z.number(),
});
export type Batch = z.infer<typeof batchRow>;

export async function readBatch(db: Db | Tx, id: string): Promise<Batch | null> {
  const row = await db.importBatch.findUnique({ where: { id } });
  return row ? batchRow.parse(row) : null;
}

/** What a stretch leaves behind in the batch's row. */
export interface Stretch {
  cursor: Cursor;
  status?: BatchStatus;
  doneCount?: number;
  counts?: Counts;
}

/**
 * Writes one stretch of rows in one short transaction under the batch's row lock. Answers the batch after it, or null where
 * another worker has gone on meanwhile: then this one stops. A crash leaves the batch exactly between two stretches.
 */
export async function writeStretch(
  deps: Deps,
  batch: Batch,
  work: (tx: Tx) => Promise<Stretch>,
): Promise<Batch | null> {
  const after = await transact<Batch | null>(deps.db, async (tx) => {
    const locked = await tx.$queryRaw<{ status: string; cursor: unknown }[]>`
      SELECT status, cursor FROM import_batch WHERE id = ${batch.id}::uuid FOR UPDATE`;
    const found = locked[0];
    const same =
      found?.status === batch.status &&
      JSON.stringify(cursorSchema.parse(found.cursor)) === JSON.stringify(batch.cursor);
    if (!same) throw new Rollback(null);
    const left = await work(tx);
    await noteChange(tx, { topic: 'import', entityId: batch.id });
    const now = deps.now();
    const status = left.status ?? batch.status;
    const row = await tx.importBatch.update({
      where: { id: batch.id },
      data: {
        cursor: left.cursor,
        status,
        statusReason: null,
        doneCount: left.doneCount ?? batch.doneCount,
        counts: left.counts ?? batch.counts,
        ...(status === 'done' && batch.status !== 'done' ? { finishedAt: now } : {}),
        ...(status === 'undone' ? { undoneAt: now } : {}),
      },
    });
    return batchRow.parse(row);
  });
  deps.announcer.announce();
  return after;
}

export function addCounts(counts: Counts, more: Counts): Counts {
  const sum = { ...counts };
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

export const countBy = (names: Iterable<string>): Counts => {
  const counts: Counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** The zone wall-clock times of the file are in: of the location they go to. */
export async function zoneOf(db: Db | Tx, settings: ImportSettings): Promise<string> {
  if (settings.newLocation) return settings.newLocation.timeZone;
  const location = settings.locationId
    ? await db.location.findUnique({ where: { id: settings.locationId } })
    : await db.location.findFirst({ where: { isActive: true }, orderBy: { rank: 'asc' } });
  return location?.timeZone ?? 'UTC';
}

const clearedAtOnce = 20_000;

/** Removes the rows of a batch that is in one of these states, a stretch a statement: a million at once would time out. */
export async function clearRows(db: Db, batchId: string, statuses: readonly BatchStatus[]): Promise<void> {
  for (;;) {
    const count = await db.$executeRaw`
      DELETE FROM import_row r USING (
        SELECT batch_id, row_number FROM import_row WHERE batch_id = ${batchId}::uuid LIMIT ${clearedAtOnce}
      ) stretch
      WHERE r.batch_id = stretch.batch_id AND r.row_number = stretch.row_number
        AND EXISTS (SELECT FROM import_batch b WHERE b.id = r.batch_id AND b.status = ANY(${[...statuses]}::text[]))`;
    if (count === 0) return;
  }
}
