/** Free drawing as the editor shows it: its own sizes, its way of steadying a hand's line. */
import type { SchemeRecord } from '../marks.ts';
import { type Point, sane } from './number.ts';

type DrawProps = Extract<SchemeRecord, { type: 'draw' }>['props'];
type TextProps = Extract<SchemeRecord, { type: 'text' }>['props'];
type ArrowProps = Extract<SchemeRecord, { type: 'arrow' }>['props'];
type Size = DrawProps['size'];

const strokeUnits: Record<Size, number> = { s: 2, m: 3.5, l: 5, xl: 10 };
const textUnits: Record<Size, number> = { s: 18, m: 24, l: 36, xl: 44 };
const labelUnits: Record<Size, number> = { s: 18, m: 20, l: 24, xl: 28 };

export const drawWidth = ({ size, scale }: Pick<DrawProps, 'size' | 'scale'>): number =>
  (strokeUnits[size] + 1) * sane(scale);
export const arrowWidth = ({ size, scale }: Pick<ArrowProps, 'size' | 'scale'>): number =>
  strokeUnits[size] * sane(scale);
export const textSize = ({ size, scale }: Pick<TextProps, 'size' | 'scale'>): number =>
  textUnits[size] * sane(scale);
export const arrowLabelSize = ({ size, scale }: Pick<ArrowProps, 'size' | 'scale'>): number =>
  labelUnits[size] * sane(scale);

/** Lengths of dashes and gaps; null for a whole line. */
export function dashOf(dash: DrawProps['dash'], width: number): readonly number[] | null {
  if (dash === 'dashed') return [width * 2, width * 2];
  return dash === 'dotted' ? [0.1, width * 2] : null;
}

/** How much of the colour a closed stroke is filled with. */
export const fillShare: Record<DrawProps['fill'], number> = {
  none: 0,
  semi: 0.1,
  pattern: 0.2,
  solid: 0.3,
  fill: 1,
};

/** Each point goes so far from where the line has come to towards where the hand was. */
const pull = 0.46;

/** One line through all segments: a hand's are steadied, straight ones keep their ends. */
export function strokePoints(segments: DrawProps['segments']): Point[] {
  const points: Point[] = [];
  for (const { type, points: drawn } of segments) {
    const whole = drawn.map(({ x, y }): Point => ({ x: sane(x), y: sane(y) }));
    points.push(...(type === 'free' ? steadied(whole) : whole));
  }
  return points;
}

function steadied(points: readonly Point[]): Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (points.length < 4 || !first || !last) return [...points];
  let at = first;
  const line = points.map((point) => {
    at = { x: at.x + (point.x - at.x) * pull, y: at.y + (point.y - at.y) * pull };
    return at;
  });
  // It lags behind the hand: the end is reached.
  line.push(last);
  return line;
}
