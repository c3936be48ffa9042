/**
 * On which side of each injection point its dose stands: to the right, where nothing is in the way; else the first side with the least in
 * the way. A grid of points a finger apart stays legible so.
 */
import type { SchemeRecord } from './marks.ts';
import { boxOfWords, type DoseSide, doseSides, doseWords, injectionRadius } from './mark-look.ts';
import { fromBelow } from './order.ts';
import { pageWidthUnits } from './template-key.ts';

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Round the words, so that their rim covers no neighbour. */
const margin = 2;
/** More points than anybody reads are not told apart by moving words. */
const mostPoints = 400;

/** By id; a point that isn't here has its dose on the right. */
export function sidesOfDoses(
  records: readonly SchemeRecord[],
  widthUnits: number = pageWidthUnits,
): Map<string, DoseSide> {
  const points = records.filter((record) => record.type === 'injection').sort(fromBelow);
  const sides = new Map<string, DoseSide>();
  if (points.length > mostPoints) return sides;
  const taken: Box[] = points.map(({ x, y }) => ({
    left: x - injectionRadius,
    right: x + injectionRadius,
    top: y - injectionRadius,
    bottom: y + injectionRadius,
  }));
  for (const { id, x, y, props } of points) {
    if (props.given === null) continue;
    let best: { side: DoseSide; box: Box; inTheWay: number } | null = null;
    for (const side of doseSides) {
      const words = boxOfWords(doseWords(props.given, side));
      const box: Box = {
        left: words.left + x - margin,
        right: words.right + x + margin,
        top: words.top + y,
        bottom: words.bottom + y,
      };
      const isOutside = box.left < 0 || box.right > widthUnits;
      const inTheWay = taken.filter((other) => overlap(box, other)).length + (isOutside ? 2 : 0);
      if (best === null || inTheWay < best.inTheWay) best = { side, box, inTheWay };
    }
    if (best === null) continue;
    sides.set(id, best.side);
    taken.push(best.box);
  }
  return sides;
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
