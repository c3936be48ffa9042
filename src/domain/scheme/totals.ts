/**
 * What was given, added up: the same function over the records on the page while people draw and on the server as a scheme is finished.
 * Sums are whole hundredths, so that 0.1 ml ten times is 1 ml.
 */
import type { DoseUnit, Given, Mark } from './marks.ts';

export interface TotalLine {
  productId: string;
  /** As the marks were drawn with it; of several names the last by alphabet, so that the order of marks never counts. */
  productName: string;
  unit: DoseUnit;
  /** Null: no lot was chosen for these marks. */
  lotId: string | null;
  /** Of the template's map; null where a mark lies in none. */
  region: string | null;
  doseHundredths: number;
  markCount: number;
}

interface Beside {
  /** Kept beside the document, by mark id. */
  lotOf(markId: string): string | null;
  regionOf(mark: Mark): string | null;
}

/** What a mark says was given; null for one that only says where, and for findings. */
export const givenBy = (mark: Mark): Given => (mark.type === 'finding' ? null : mark.props.given);

export const hundredthsOf = (dose: number): number => Math.round(dose * 100);

/** One line for each product, unit, lot and region, in an order that doesn't depend on that of the marks. */
export function totalsOf(marks: Iterable<Mark>, { lotOf, regionOf }: Beside): TotalLine[] {
  const lines = new Map<string, TotalLine>();
  for (const mark of marks) {
    const given = givenBy(mark);
    if (given === null) continue;
    const { productId, productName, unit } = given;
    const [lotId, region] = [lotOf(mark.id), regionOf(mark)];
    const key = JSON.stringify([productId, unit, lotId, region]);
    const line = lines.get(key) ?? {
      productId,
      productName,
      unit,
      lotId,
      region,
      doseHundredths: 0,
      markCount: 0,
    };
    line.doseHundredths += hundredthsOf(given.dose);
    line.markCount += 1;
    if (productName > line.productName) line.productName = productName;
    lines.set(key, line);
  }
  return [...lines].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line);
}

/** The same lines without what isn't asked for: by product, by product and lot, or by product and region. */
export function totalsBy(lines: readonly TotalLine[], kept: readonly ('lotId' | 'region')[]): TotalLine[] {
  const sums = new Map<string, TotalLine>();
  for (const line of lines) {
    const bare = {
      ...line,
      lotId: kept.includes('lotId') ? line.lotId : null,
      region: kept.includes('region') ? line.region : null,
    };
    const key = JSON.stringify([bare.productId, bare.unit, bare.lotId, bare.region]);
    const sum = sums.get(key);
    if (!sum) sums.set(key, bare);
    else {
      sum.doseHundredths += line.doseHundredths;
      sum.markCount += line.markCount;
    }
  }
  return [...sums.values()];
}
