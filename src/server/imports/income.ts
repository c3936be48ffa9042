/** What the receipts of the old system add up to: exact decimals, rounded once, at the end of each sum. */
import { minorDigits } from '../../domain/money.ts';
import type { Db } from '../db.ts';

export type IncomeBy = 'month' | 'staff' | 'service' | 'all';
export interface IncomeLine {
  key: string;
  lineCount: number;
  /** Major units before tax, rounded to the currency's digits. */
  amount: string;
  taxes: string;
}

const keys: Record<IncomeBy, string> = {
  month: `to_char(h.service_date, 'YYYY-MM')`,
  staff: `coalesce(nullif(h.raw #>> '{read,staffName}', ''), '—')`,
  service: `coalesce(nullif(h.description, ''), '—')`,
  all: `'all'`,
};

/** Sums of all receipt lines, or of one batch's, by month, staff member or what was sold. */
export function incomeBy(
  db: Db,
  by: IncomeBy,
  currency: string,
  batchId: string | null = null,
): Promise<IncomeLine[]> {
  const digits = minorDigits(currency);
  return db.$queryRawUnsafe<IncomeLine[]>(
    `SELECT ${keys[by]} AS key, count(*)::int AS "lineCount", round(sum(h.amount), $1::int)::text AS amount,
       round(coalesce(sum((SELECT sum(t.value::numeric) FROM jsonb_each_text(h.taxes) t)), 0), $1::int)::text AS taxes
     FROM history_entry h WHERE h.kind = 'receipt_line' AND ($2::uuid IS NULL OR h.batch_id = $2::uuid)
     GROUP BY 1 ORDER BY 1`,
    digits,
    batchId,
  );
}
