/** Whether a scheme may be finished as it stands. Asked by the server over what is committed; the page asks the same beforehand. */
import { givenBy } from './totals.ts';
import { type DoseUnit, isMark, type Mark, maxRecords, type SchemeRecord, schemeRecord } from './marks.ts';

export type SchemeFault =
  | 'no_marks'
  | 'bad_record'
  | 'too_many'
  | 'unknown_product'
  | 'wrong_unit'
  | 'lot_unknown'
  | 'lot_expired';

export interface FoundFault {
  /** Empty: it is about the whole scheme. */
  markId: string;
  reason: SchemeFault;
}

export interface Catalogue {
  /** By product id. */
  unitOf(productId: string): DoseUnit | null;
  /** By lot id: whose it is, and the last local day it may be used, as 2026-11-23. */
  lot(lotId: string): { productId: string; expiresOn: string } | null;
}

/** The records that are whole and of the project's own kinds, and the ids of those that aren't. */
export function readRecords(candidates: ReadonlyMap<string, unknown>): {
  records: SchemeRecord[];
  bad: string[];
} {
  const records: SchemeRecord[] = [];
  const bad: string[] = [];
  for (const [id, candidate] of candidates) {
    const parsed = schemeRecord.safeParse(candidate);
    if (parsed.success && parsed.data.id === id) records.push(parsed.data);
    else bad.push(id);
  }
  return { records, bad };
}

/**
 * Every reason against finishing, each mark at most once; empty where there is none. `today` is the clinic's local day: a lot may be used
 * on the day it expires, not after. A device's clock is never asked.
 */
export function faultsOf(
  candidates: ReadonlyMap<string, unknown>,
  lots: ReadonlyMap<string, string>,
  catalogue: Catalogue,
  today: string,
): FoundFault[] {
  if (candidates.size > maxRecords) return [{ markId: '', reason: 'too_many' }];
  const { records, bad } = readRecords(candidates);
  const faults: FoundFault[] = bad.map((markId) => ({ markId, reason: 'bad_record' }));
  if (records.length === 0 && bad.length === 0) faults.push({ markId: '', reason: 'no_marks' });
  for (const mark of records.filter(isMark)) {
    const reason = faultOf(mark, lots.get(mark.id) ?? null, catalogue, today);
    if (reason !== null) faults.push({ markId: mark.id, reason });
  }
  return faults;
}

function faultOf(mark: Mark, lotId: string | null, catalogue: Catalogue, today: string): SchemeFault | null {
  const given = givenBy(mark);
  if (given === null) return lotId === null ? null : 'lot_unknown';
  const unit = catalogue.unitOf(given.productId);
  if (unit === null) return 'unknown_product';
  if (unit !== given.unit) return 'wrong_unit';
  if (lotId === null) return null;
  const lot = catalogue.lot(lotId);
  if (lot === null || lot.productId !== given.productId) return 'lot_unknown';
  return lot.expiresOn < today ? 'lot_expired' : null;
}
