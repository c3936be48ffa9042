/** Step two of the dry run: what would become of each row, worked out a group at a time against the clinic as it is. */
import type { ImportKind } from '../../domain/import-kinds.ts';
import type { Deps } from '../deps.ts';
import type { Tx } from '../db.ts';
import { addCounts, type Batch, countBy, writeStretch } from './batch.ts';
import { planBookings } from './plan-bookings.ts';
import { planEvents, planReceipts } from './plan-events.ts';
import { planRecords } from './plan-records.ts';

const rowsAtOnce = 1_000;

export interface PlannedRow {
  row_number: number;
  source_key: string;
  group_key: string;
  order_key: string;
  intent: unknown;
}

/** What the dry run foresees of a row; `intent` is what the run needs to know. */
export interface Forecast {
  row_number: number;
  outcome: 'created' | 'updated' | 'unchanged' | 'history' | 'refused';
  reason: string | null;
  intent?: unknown;
}

export type Planner = (tx: Tx, deps: Deps, batch: Batch, rows: readonly PlannedRow[]) => Promise<Forecast[]>;

const planners: Record<ImportKind, Planner> = {
  services: planRecords,
  products: planRecords,
  staff: planRecords,
  clients: planRecords,
  bookings: planBookings,
  cancellations: planEvents,
  no_shows: planEvents,
  receipts: planReceipts,
};

/** Rows of the next groups: whole groups, unless one alone is longer than a stretch. */
async function nextGroups(tx: Tx, { id, cursor }: Batch): Promise<PlannedRow[]> {
  const rows = await tx.$queryRaw<PlannedRow[]>`
    SELECT row_number, source_key, group_key, order_key, intent FROM import_row
    WHERE batch_id = ${id}::uuid AND outcome = 'read'
      AND (group_key, order_key, row_number) > (${cursor.group}, ${cursor.order}, ${cursor.row})
    ORDER BY group_key, order_key, row_number LIMIT ${rowsAtOnce}`;
  const last = rows.at(-1)?.group_key;
  if (rows.length < rowsAtOnce || rows[0]?.group_key === last) return rows;
  return rows.filter(({ group_key }) => group_key !== last);
}

/** Alike rows are told apart by their number: the same file again gives the same numbers. Records have none. */
async function numberAlike(
  tx: Tx,
  batchId: string,
  rows: readonly PlannedRow[],
): Promise<Map<number, string>> {
  const keys = new Map<number, string>();
  const counts = new Map<string, number>();
  const first = rows[0];
  if (first) {
    const [before] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM import_row WHERE batch_id = ${batchId}::uuid AND group_key = ${first.group_key}
        AND order_key = ${first.order_key} AND row_number < ${first.row_number}`;
    counts.set(first.source_key, before?.count ?? 0);
  }
  for (const { row_number, source_key } of rows) {
    const number = (counts.get(source_key) ?? 0) + 1;
    counts.set(source_key, number);
    keys.set(row_number, `${source_key}:${number}`);
  }
  return keys;
}

export async function planRows(deps: Deps, start: Batch, mayGoOn: () => boolean): Promise<Batch | null> {
  let batch: Batch | null = start;
  const isRecords = planners[start.kind] === planRecords;
  do {
    const current: Batch = batch;
    batch = await writeStretch(deps, current, async (tx) => {
      const rows = await nextGroups(tx, current);
      const last = rows.at(-1);
      if (!last)
        return {
          cursor: { ...current.cursor, step: 'write', row: 0, group: '', order: '' },
          status: 'checked',
          doneCount: current.rowCount,
        };
      const keys = isRecords ? null : await numberAlike(tx, current.id, rows);
      const keyed = rows.map((row) => ({ ...row, source_key: keys?.get(row.row_number) ?? row.source_key }));
      const known = await knownKeys(tx, keyed);
      const open = keyed.filter(({ source_key }) => !known.has(source_key));
      const forecasts = new Map(
        (await planners[current.kind](tx, deps, current, open)).map((each) => [each.row_number, each]),
      );
      const updates = keyed.map((row) => {
        const forecast = forecasts.get(row.row_number) ?? { outcome: 'unchanged', reason: null };
        return {
          row_number: row.row_number,
          source_key: row.source_key,
          outcome: forecast.outcome,
          reason: forecast.reason,
          intent: ('intent' in forecast ? forecast.intent : undefined) ?? row.intent,
        };
      });
      await tx.$executeRaw`
        UPDATE import_row r SET source_key = u.source_key, outcome = u.outcome, reason = u.reason, intent = u.intent
        FROM jsonb_to_recordset(${JSON.stringify(updates)}::jsonb)
          AS u(row_number integer, source_key text, outcome text, reason text, intent jsonb)
        WHERE r.batch_id = ${current.id}::uuid AND r.row_number = u.row_number`;
      return {
        cursor: { ...current.cursor, row: last.row_number, group: last.group_key, order: last.order_key },
        counts: addCounts(current.counts, countBy(updates.map(({ outcome }) => outcome))),
        doneCount: Math.min(current.rowCount, current.doneCount + Math.ceil(rows.length / 2)),
      };
    });
  } while (batch && batch.status === 'checking' && mayGoOn());
  return batch;
}

/** Which of these rows took effect before, whichever file brought them. */
export async function knownKeys(tx: Tx, rows: readonly { source_key: string }[]): Promise<Set<string>> {
  const found = await tx.importKey.findMany({
    where: { sourceKey: { in: rows.map(({ source_key }) => source_key) } },
    select: { sourceKey: true },
  });
  return new Set(found.map(({ sourceKey }) => sourceKey));
}
