/** What is drawn with: products in their unit and colour, and their lots as printed on the packages. */
import { z } from 'zod';
import { hue, id, rowVersion, text } from './field.ts';
import { localDate } from './hours.ts';
import { doseUnits } from './scheme/marks.ts';
import { addDays } from './zone.ts';

const productFields = z.object({
  code: text(40),
  name: text(120),
  doseUnit: z.enum(doseUnits, { error: 'required' }),
  hue,
  isActive: z.boolean(),
});
export type ProductFields = z.infer<typeof productFields>;

/** `productId` and `version` are null for a new one; a version that isn't the current one is refused as stale. */
export const saveProductInput = z.object({
  productId: id.nullable(),
  version: rowVersion.nullable(),
  product: productFields,
});
export const productRefInput = z.object({ productId: id });
/** Products of the stock that nobody draws with yet, by name or code. */
export const otherProductsInput = z.object({ query: z.string().trim().max(80, { error: 'too_long' }) });

const lotFields = z.object({
  number: text(40),
  /** The last local day on which it may be used. */
  expiresOn: localDate,
  isActive: z.boolean(),
});
export type LotFields = z.infer<typeof lotFields>;

export const saveLotInput = z.object({
  productId: id,
  lotId: id.nullable(),
  version: rowVersion.nullable(),
  lot: lotFields,
});
export const lotRefInput = z.object({ lotId: id });

/** So many days before it expires a lot is pointed out. */
export const expirySoonDays = 30;
export type LotExpiry = 'expired' | 'soon' | 'good';

/** Both are local days, YYYY-MM-DD; on the day it expires a lot may still be used. */
export function expiryOf(expiresOn: string, today: string): LotExpiry {
  if (expiresOn < today) return 'expired';
  return expiresOn <= addDays(today, expirySoonDays) ? 'soon' : 'good';
}
