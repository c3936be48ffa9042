/** What is drawn with, as staff choose and administrators edit it. Prices and stock stay where the import put them. */
import { type LotExpiry, expiryOf } from '../../domain/product.ts';
import { localDateOf } from '../../domain/schedule.ts';
import { doseUnits, type DoseUnit } from '../../domain/scheme/marks.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import { type Db, Prisma } from '../db.ts';
import { straight } from '../sql.ts';

export interface LotRow {
  id: string;
  version: number;
  number: string;
  /** The last local day on which it may be used, YYYY-MM-DD. */
  expiresOn: string;
  isActive: boolean;
  expiry: LotExpiry;
}
export interface ProductRow {
  id: string;
  version: number;
  code: string;
  name: string;
  doseUnit: DoseUnit;
  hue: number;
  isActive: boolean;
  /** Those that expire last come first. */
  lots: LotRow[];
}

const unitOf = (text: string | null): DoseUnit | null => doseUnits.find((unit) => unit === text) ?? null;

/** Every product that is drawn with and its lots, used or not; and how many of the stock nobody draws with. */
export async function listProducts(
  db: Db,
  now: Date,
): Promise<{ today: string; products: ProductRow[]; otherCount: number }> {
  const [{ timeZone }, rows, otherCount] = await Promise.all([
    readClinicIdentity(db),
    db.product.findMany({
      where: { doseUnit: { not: null } },
      orderBy: [{ isActive: 'desc' }, { name: 'asc' }, { code: 'asc' }],
      select: {
        id: true,
        version: true,
        code: true,
        name: true,
        doseUnit: true,
        hue: true,
        isActive: true,
        lots: { orderBy: [{ isActive: 'desc' }, { expiresOn: 'desc' }, { number: 'asc' }] },
      },
    }),
    db.product.count({ where: { doseUnit: null } }),
  ]);
  const today = localDateOf(now.getTime(), timeZone);
  const products = rows.flatMap(({ doseUnit, lots, ...row }): ProductRow[] => {
    const unit = unitOf(doseUnit);
    if (unit === null) return [];
    return [
      {
        ...row,
        doseUnit: unit,
        lots: lots.map((lot) => {
          const expiresOn = lot.expiresOn.toISOString().slice(0, 10);
          const { id, version, number, isActive } = lot;
          return { id, version, number, expiresOn, isActive, expiry: expiryOf(expiresOn, today) };
        }),
      },
    ];
  });
  return { today, products, otherCount };
}

export interface OtherProduct {
  id: string;
  version: number;
  code: string;
  name: string;
}

const shownOthers = 20;

/** Products of the stock that nobody draws with yet: the first by name whose name or code has these words. */
export const otherProducts = (db: Db, { query }: { query: string }): Promise<OtherProduct[]> =>
  straight(db).rows<OtherProduct>(Prisma.sql`
    SELECT id, version, code, name FROM product
    WHERE dose_unit IS NULL AND position(lower(${query}) IN lower(name || ' ' || code)) > 0
    ORDER BY name, code LIMIT ${shownOthers}`);
