/** What staff alone know of a finished revision: lots and notes by mark, totals with lots. */
import { z } from 'zod';
import { doseUnits } from '../../domain/scheme/marks.ts';

const besideMark = z.object({
  markId: z.string(),
  lotId: z.string().nullable(),
  /** As it was on finishing, whatever becomes of the lot. */
  lotNumber: z.string().nullable(),
  expiresOn: z.string().nullable(),
  note: z.string(),
});
export type BesideMark = z.output<typeof besideMark>;

const totalLine = z.object({
  productId: z.string(),
  productName: z.string(),
  unit: z.enum(doseUnits),
  lotId: z.string().nullable(),
  region: z.string().nullable(),
  doseHundredths: z.number(),
  markCount: z.number(),
});

/** As they are kept in `scheme_beside`. */
export const besideMarks = z.array(besideMark);
export const besideTotals = z.array(totalLine);

/** Whether lots and notes are the same; numbers and days follow the lot. */
export function isSameBeside(one: readonly BesideMark[], other: readonly BesideMark[]): boolean {
  const text = (marks: readonly BesideMark[]) =>
    marks
      .map(({ markId, lotId, note }) => JSON.stringify([markId, lotId, note]))
      .sort()
      .join();
  return text(one) === text(other);
}
