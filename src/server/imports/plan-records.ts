/** Foresees services, products, staff and clients: made where nobody has the code yet, left alone where somebody has. */
import { type Intent, intentSchemas } from '../../domain/import-rows.ts';
import type { Tx } from '../db.ts';
import type { Batch } from './batch.ts';
import { idsByCode } from './codes.ts';
import type { Forecast, Planner } from './plan-step.ts';

const nouns = { services: 'service', products: 'product', staff: 'specialist', clients: 'client' } as const;
export type RecordKind = keyof typeof nouns;
export const nounOf = (kind: RecordKind) => nouns[kind];
export const isRecord = (kind: Batch['kind']): kind is RecordKind => kind in nouns;

/** Codes of these rows that the clinic itself uses already. */
async function ownCodes(tx: Tx, kind: RecordKind, codes: string[]): Promise<Set<string>> {
  const where = { code: { in: codes, mode: 'insensitive' as const } };
  if (kind === 'services')
    return new Set((await tx.service.findMany({ where })).map(({ code }) => (code ?? '').toUpperCase()));
  if (kind === 'products')
    return new Set((await tx.product.findMany({ where })).map(({ code }) => code.toUpperCase()));
  return new Set();
}

export const planRecords: Planner = async (tx, _deps, batch, rows) => {
  if (!isRecord(batch.kind)) return [];
  const schema = intentSchemas[batch.kind];
  const read = rows.map((row) => ({ row, intent: schema.parse(row.intent) }));
  const codes = read.map(({ intent }) => intent.code);
  const imported = await idsByCode(tx, batch.origin, nounOf(batch.kind), codes);
  const own = await ownCodes(tx, batch.kind, codes);
  const seen = new Set<string>();
  return read.map(({ row, intent }): Forecast => {
    const exists = imported.has(intent.code) || own.has(intent.code);
    const again = seen.has(intent.code);
    seen.add(intent.code);
    return {
      row_number: row.row_number,
      outcome: exists || again ? 'unchanged' : 'created',
      reason: again ? 'same_code' : exists ? 'exists' : null,
    };
  });
};

export type RecordIntent = Intent<RecordKind>;
