/** The run: rows that the dry run foresaw something of, written a stretch a transaction, so that open pages go on. */
import type { ImportKind } from '../../domain/import-kinds.ts';
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { addCounts, type Batch, type Outcome, countBy, writeStretch } from './batch.ts';
import { type Effect, noteEffects } from './effects.ts';
import { removeStored } from './files.ts';
import { finishBookings } from './finish-bookings.ts';
import { writeBookings } from './write-bookings.ts';
import { writeEvents, writeReceipts } from './write-events.ts';
import { writeRecords } from './write-records.ts';

const rowsAtOnce = 250;

export interface WriteRow {
  row_number: number;
  source_key: string;
  outcome: Outcome;
  reason: string | null;
  raw: string[];
  intent: unknown;
}

export interface Written {
  row_number: number;
  outcome: Outcome;
  reason: string | null;
  entityType?: string;
  entityId?: string;
}

export interface Writing {
  tx: Tx;
  deps: Deps;
  batch: Batch;
  locationId: string | null;
  zone: string;
}
export type Writer = (
  writing: Writing,
  rows: readonly WriteRow[],
) => Promise<{ written: Written[]; effects: Effect[] }>;

const writers: Record<ImportKind, Writer> = {
  services: writeRecords,
  products: writeRecords,
  staff: writeRecords,
  clients: writeRecords,
  bookings: writeBookings,
  cancellations: writeEvents,
  no_shows: writeEvents,
  receipts: writeReceipts,
};

/** The location rows go to; a new one is made in the first stretch and kept in the batch's settings. */
async function settle(
  tx: Tx,
  deps: Deps,
  batch: Batch,
): Promise<{ batch: Batch; locationId: string | null; zone: string }> {
  const { mapping } = batch;
  if (mapping.newLocation) {
    const id = deps.newId();
    const rank = await tx.location.count();
    await tx.location.create({
      data: { id, name: mapping.newLocation.name, timeZone: mapping.newLocation.timeZone, rank },
    });
    const settled = { ...mapping, locationId: id, newLocation: null };
    await tx.importBatch.update({ where: { id: batch.id }, data: { mapping: settled } });
    await noteEffects(tx, batch.id, [{ entityType: 'location', entityId: id, rowNumber: null }]);
    return { batch: { ...batch, mapping: settled }, locationId: id, zone: mapping.newLocation.timeZone };
  }
  const location = mapping.locationId
    ? await tx.location.findUnique({ where: { id: mapping.locationId } })
    : await tx.location.findFirst({ where: { isActive: true }, orderBy: { rank: 'asc' } });
  return { batch, locationId: location?.id ?? null, zone: location?.timeZone ?? 'UTC' };
}

/** Takes the rows' keys; a row whose key another batch holds has taken effect already. */
async function takeKeys(tx: Tx, batchId: string, rows: readonly WriteRow[]): Promise<Set<number>> {
  const lines = rows.map(({ row_number, source_key }) => ({ row_number, source_key }));
  const taken = await tx.$queryRaw<{ row_number: number }[]>`
    INSERT INTO import_key (source_key, batch_id, row_number)
    SELECT source_key, ${batchId}::uuid, row_number
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(row_number integer, source_key text)
    ORDER BY source_key ON CONFLICT DO NOTHING RETURNING row_number`;
  return new Set(taken.map(({ row_number }) => row_number));
}

async function writeOnce(deps: Deps, current: Batch): Promise<Batch | null> {
  return writeStretch(deps, current, async (tx) => {
    const rows = await tx.$queryRaw<WriteRow[]>`
      SELECT row_number, source_key, outcome, reason, raw, intent FROM import_row
      WHERE batch_id = ${current.id}::uuid AND row_number > ${current.cursor.row} AND outcome IN ('created', 'updated', 'history')
      ORDER BY row_number LIMIT ${rowsAtOnce}`;
    const last = rows.at(-1);
    if (!last) return { cursor: { ...current.cursor, step: 'finish', row: 0 }, doneCount: current.rowCount };
    const { batch, locationId, zone } = await settle(tx, deps, current);
    const mine = await takeKeys(tx, batch.id, rows);
    const { written, effects } = await writers[batch.kind](
      { tx, deps, batch, locationId, zone },
      rows.filter(({ row_number }) => mine.has(row_number)),
    );
    const before = rows
      .filter(({ row_number }) => !mine.has(row_number))
      .map(({ row_number }) => ({
        row_number,
        outcome: 'unchanged',
        reason: null,
        entityType: null,
        entityId: null,
      }));
    const all = [...written, ...before];
    await tx.$executeRaw`
      UPDATE import_row r SET outcome = u.outcome, reason = u.reason, entity_type = u."entityType", entity_id = u."entityId"
      FROM jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
        AS u(row_number integer, outcome text, reason text, "entityType" text, "entityId" uuid)
      WHERE r.batch_id = ${batch.id}::uuid AND r.row_number = u.row_number`;
    await noteEffects(tx, batch.id, effects);
    return {
      cursor: { ...current.cursor, row: last.row_number },
      doneCount: Math.min(last.row_number, batch.rowCount),
      counts: addCounts(current.counts, countBy(all.map(({ outcome }) => outcome))),
    };
  });
}

/** Rows that change nothing or are refused were counted by the dry run; the run's figures begin with them. */
async function beginCounts(tx: Tx, batchId: string): Promise<Record<string, number>> {
  const found = await tx.$queryRaw<{ outcome: string; count: number }[]>`
    SELECT outcome, count(*)::int AS count FROM import_row
    WHERE batch_id = ${batchId}::uuid AND outcome IN ('unchanged', 'refused') GROUP BY outcome`;
  return Object.fromEntries(found.map(({ outcome, count }) => [outcome, count]));
}

export async function runRows(deps: Deps, start: Batch, mayGoOn: () => boolean): Promise<Batch | null> {
  let batch: Batch | null = start;
  if (batch.cursor.step === 'clear') {
    batch = await writeStretch(deps, batch, async (tx) => ({
      cursor: { ...start.cursor, step: 'write' },
      counts: await beginCounts(tx, start.id),
    }));
  }
  while (batch && batch.status === 'running' && batch.cursor.step === 'write') {
    batch = await writeOnce(deps, batch);
    if (!mayGoOn()) return batch;
  }
  if (!batch || batch.status !== 'running') return batch;
  const finished = batch;
  batch = await writeStretch(deps, finished, async (tx) => {
    if (finished.kind === 'bookings') await finishBookings(tx, deps, finished);
    await tx.importBatch.update({ where: { id: finished.id }, data: { storedName: null } });
    return { cursor: finished.cursor, status: 'done', doneCount: finished.rowCount };
  });
  if (batch) await removeStored(finished.storedName);
  return batch;
}
