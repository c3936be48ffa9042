/** History entries: what the old system knew and the calendar can't hold, each once by its source key. */
import type { Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import type { Batch } from './batch.ts';
import type { Effect } from './effects.ts';
import type { WriteRow } from './write-step.ts';

export type HistoryKind = 'receipt_line' | 'cancellation' | 'no_show' | 'unplaced_booking';

export interface HistoryFacts {
  clientId: string | undefined;
  specialistId: string | undefined;
  serviceId: string | undefined;
  /** Local day, YYYY-MM-DD. */
  date: string;
  /** Epoch milliseconds, where a time is known. */
  startsAt?: number;
  description: string;
  receiptNumber?: string | null;
  /** Exact decimals as text, major units. */
  quantity?: string;
  amount?: string;
  taxes?: Record<string, string>;
}

/** One entry; `raw` keeps the cells under their columns' names and the row as it was understood. */
export function historyLine(deps: Deps, batch: Batch, row: WriteRow, kind: HistoryKind, facts: HistoryFacts) {
  const cells = Object.fromEntries(batch.shape.columns.map(({ name }, at) => [name, row.raw[at] ?? '']));
  return {
    id: deps.newId(),
    row_number: row.row_number,
    source_key: row.source_key,
    kind,
    client_id: facts.clientId ?? null,
    specialist_id: facts.specialistId ?? null,
    service_id: facts.serviceId ?? null,
    service_date: facts.date,
    starts_at: facts.startsAt === undefined ? null : new Date(facts.startsAt).toISOString(),
    receipt_number: facts.receiptNumber ?? null,
    description: facts.description,
    quantity: facts.quantity ?? null,
    amount: facts.amount ?? null,
    taxes: facts.taxes ?? null,
    raw: { cells, read: row.intent },
  };
}

/** Writes entries and answers their ids by row. */
export async function insertHistory(
  tx: Tx,
  batchId: string,
  lines: readonly ReturnType<typeof historyLine>[],
): Promise<{ ids: Map<number, string>; effects: Effect[] }> {
  if (lines.length === 0) return { ids: new Map(), effects: [] };
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO history_entry (id, batch_id, source_key, kind, client_id, specialist_id, service_id, service_date, starts_at,
      receipt_number, description, quantity, amount, taxes, raw)
    SELECT id, ${batchId}::uuid, source_key, kind, client_id, specialist_id, service_id, service_date, starts_at,
      receipt_number, description, quantity, amount, taxes, raw
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l(id uuid, source_key text, kind text, client_id uuid,
      specialist_id uuid, service_id uuid, service_date date, starts_at timestamptz, receipt_number text, description text,
      quantity numeric, amount numeric, taxes jsonb, raw jsonb)
    ON CONFLICT (source_key) DO NOTHING RETURNING id`;
  const madeIds = new Set(made.map(({ id }) => id));
  const standing = lines.filter(({ id }) => madeIds.has(id));
  return {
    ids: new Map(standing.map(({ row_number, id }) => [row_number, id])),
    effects: standing.map(({ row_number, id }) => ({
      entityType: 'history',
      entityId: id,
      rowNumber: row_number,
    })),
  };
}
