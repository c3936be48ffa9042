/** The products and lots that a scheme's marks speak of, read once for all of them. */
import type { Catalogue } from '../../domain/scheme/check.ts';
import { isMark, type SchemeRecord } from '../../domain/scheme/marks.ts';
import { givenBy } from '../../domain/scheme/totals.ts';
import type { Db, Tx } from '../db.ts';

interface KnownLot {
  productId: string;
  number: string;
  expiresOn: string;
}

export interface KnownCatalogue extends Catalogue {
  lot(lotId: string): KnownLot | null;
}

/** Also of products and lots that are no longer offered: what was given of them was given. */
export async function catalogueFor(
  db: Db | Tx,
  records: readonly SchemeRecord[],
  lotIds: readonly string[],
): Promise<KnownCatalogue> {
  const productIds = records.filter(isMark).flatMap((mark) => givenBy(mark)?.productId ?? []);
  const products = await db.product.findMany({
    where: { id: { in: [...new Set(productIds)] } },
    select: { id: true, doseUnit: true },
  });
  const lots = await db.lot.findMany({
    where: { id: { in: [...new Set(lotIds)] } },
    select: { id: true, productId: true, number: true, expiresOn: true },
  });
  const units = new Map(products.map(({ id, doseUnit }) => [id, doseUnit]));
  const known = new Map(
    lots.map(({ id, productId, number, expiresOn }): [string, KnownLot] => [
      id,
      { productId, number, expiresOn: expiresOn.toISOString().slice(0, 10) },
    ]),
  );
  return {
    unitOf(productId) {
      const unit = units.get(productId);
      return unit === 'U' || unit === 'ml' ? unit : null;
    },
    lot: (lotId) => known.get(lotId) ?? null,
  };
}
