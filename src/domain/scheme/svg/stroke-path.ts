/**
 * From a hand's points to a short path. First thinned (what is left stays within 0.3 units of every point), then joined by quadratic curves
 * whose control points are the points and whose ends lie half-way between them, as the editor draws; where a curve would cut a corner,
 * lines meet in it. Steps are relative and in tenths, so that 200 strokes stay a small picture.
 */
import { type Point, shownTenths, tenthsOf } from './number.ts';

const toleranceUnits = 0.3;
/** A curve that would pass a point farther off than this is a corner. */
const cornerUnits = 1;
/** A hand's line is thinned piece by piece: the time stays in proportion to its length, however tangled it is. */
const pieceLength = 256;

/** Ramer-Douglas-Peucker. The first and the last point always stay. */
export function thinned(points: readonly Point[], tolerance = toleranceUnits): Point[] {
  if (points.length < 3) return [...points];
  const kept = new Uint8Array(points.length);
  const last = points.length - 1;
  const spans: [number, number][] = [];
  for (let from = 0; from < last; from += pieceLength) spans.push([from, Math.min(last, from + pieceLength)]);
  for (const [from, to] of spans) {
    kept[from] = 1;
    kept[to] = 1;
  }
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const { index, distance } = farthestFrom(points, from, to);
    if (distance <= tolerance) continue;
    kept[index] = 1;
    spans.push([from, index], [index, to]);
  }
  return points.filter((_, index) => kept[index] === 1);
}

function farthestFrom(points: readonly Point[], from: number, to: number) {
  const [start, end] = [points[from], points[to]];
  let found = { index: from, distance: 0 };
  if (!start || !end) return found;
  for (let index = from + 1; index < to; index += 1) {
    const point = points[index];
    if (!point) continue;
    const distance = distanceToSegment(point, start, end);
    if (distance > found.distance) found = { index, distance };
  }
  return found;
}

/** To the stretch itself, not to the line through it: a stroke that turns back keeps its end. */
function distanceToSegment(point: Point, start: Point, end: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const square = dx * dx + dy * dy;
  const share =
    square === 0
      ? 0
      : Math.min(1, Math.max(0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / square));
  return Math.hypot(point.x - start.x - share * dx, point.y - start.y - share * dy);
}

/** The `d` of a stroke through these points; empty without any. A single point is a dot, seen through its round ends. */
export function smoothPath(points: readonly Point[], closed = false): string {
  const rest = thinned(closed ? withoutSeam(points) : points).map(
    ({ x, y }): Point => ({ x: tenthsOf(x), y: tenthsOf(y) }),
  );
  const [first, second] = rest;
  if (!first) return '';
  const pen = new Pen();
  if (!second) {
    pen.move(first);
    pen.line({ x: first.x + 1, y: first.y });
    return pen.d;
  }
  const ring = closed && rest.length > 2;
  const start = ring ? between(rest.at(-1) ?? first, first) : first;
  pen.move(start);
  const controls = ring ? rest : rest.slice(1, -1);
  const ends = ring ? [...rest.slice(1), first] : rest.slice(2);
  for (const [index, control] of controls.entries()) {
    const next = ends[index] ?? control;
    const isLast = index === controls.length - 1;
    pen.curve(control, next, isLast ? (ring ? start : next) : null);
  }
  if (!ring) pen.finish(rest.at(-1) ?? first);
  return pen.d + (closed ? 'z' : '');
}

const between = (one: Point, other: Point): Point => ({
  x: Math.round((one.x + other.x) / 2),
  y: Math.round((one.y + other.y) / 2),
});

/** A ring's last point often is its first once more. */
function withoutSeam(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  const isSeam =
    points.length > 3 &&
    first !== undefined &&
    last !== undefined &&
    Math.hypot(first.x - last.x, first.y - last.y) < 2 * toleranceUnits;
  return isSeam ? points.slice(0, -1) : points;
}

/** Writes steps in tenths, each relative to where the last one ended; a letter is written where it changes. */
class Pen {
  d = '';
  private at: Point = { x: 0, y: 0 };
  private letter = '';
  /** Where a smooth curve would go on from here: the last control point, mirrored. */
  private onward: Point | null = null;
  /** Half-way after a corner: the line that leads there is drawn once it is known whether a curve begins. */
  private pending: Point | null = null;

  move(to: Point): void {
    this.d += `M${shownTenths(to.x)}${joined(to.y)}`;
    this.at = to;
    // Further pairs after M would be lines, but absolute ones: the next letter is always written.
    this.letter = '';
  }

  line(to: Point): void {
    this.onward = null;
    if (to.x === this.at.x && to.y === this.at.y) return;
    this.step('l', [to]);
  }

  /** A curve about `control` towards `next`: to half-way there, or to `end` where it is the last. */
  curve(control: Point, next: Point, end: Point | null): void {
    const start = this.pending ?? this.at;
    const target = end ?? between(control, next);
    // A curve's middle lies half as far from its chord as its control point.
    if (distanceToSegment(control, start, target) / 2 > cornerUnits * 10) {
      this.line(control);
      this.pending = target;
      return;
    }
    if (this.pending) this.line(this.pending);
    this.pending = null;
    const onward = this.onward;
    const isSmooth =
      onward !== null && Math.abs(onward.x - control.x) <= 1 && Math.abs(onward.y - control.y) <= 1;
    const actual = isSmooth ? onward : control;
    // Half-way from where the curve's control truly is: roundings don't add up along a chain of smooth curves.
    const to = end ?? between(actual, next);
    this.step(isSmooth ? 't' : 'q', isSmooth ? [to] : [control, to]);
    this.onward = { x: 2 * to.x - actual.x, y: 2 * to.y - actual.y };
  }

  finish(to: Point): void {
    this.pending = null;
    this.line(to);
  }

  private step(letter: string, points: readonly Point[]): void {
    const from = this.at;
    let isFirst = this.letter !== letter;
    if (isFirst) this.d += letter;
    for (const point of points) {
      const x = point.x - from.x;
      this.d += (isFirst ? shownTenths(x) : joined(x)) + joined(point.y - from.y);
      isFirst = false;
      this.at = point;
    }
    this.letter = letter;
  }
}

/** A minus parts two numbers as well as a space. */
function joined(tenths: number): string {
  const text = shownTenths(tenths);
  return text.startsWith('-') ? text : ` ${text}`;
}
