/**
 * How the four marks look: sizes, places of their words, directions. Units of the page; everything is about the mark's own place, before
 * its rotation. Words here are the record's own: nothing is translated in a picture that is kept.
 */
import type { CircleFigure, Figure, LineFigure, WordsFigure } from './figure.ts';
import type { Given, Mark } from './marks.ts';
import { type Point, sane } from './svg/number.ts';
import { baselineDrop, cutTo, lineHeight, widthOfWords, wrapped } from './svg/words.ts';
import { plainWords } from './svg/xml.ts';

export const injectionRadius = 7;
export const entryRadius = 6;
export const doseSize = 18;
export const labelSize = 18;
export const smallSize = 15;
/** Between a dot's edge and its dose. */
export const doseGap = 4.5;
/** Between a line and the words about it. */
export const pathGap = 17;
export const lineWidths = { area: 2.5, cannula: 3.5, thread: 3, finding: 2.5, rim: 1.5 } as const;
/** On either side of a mark's line: on dark skin it is the rim that is seen first. */
const casing = 1.4;
const arrowLength = 15;
/** So far back along a path its direction is taken from, so that a hand's last tremble doesn't turn the arrow. */
const directionReach = 14;

export const doseSides = ['right', 'left', 'above', 'below'] as const;
export type DoseSide = (typeof doseSides)[number];

type PropsOf<T extends Mark['type']> = Extract<Mark, { type: T }>['props'];

/** “4 U”, “0.25 ml”: the same everywhere, as the catalogue writes it. */
export const doseText = ({ dose, unit }: NonNullable<Given>): string =>
  `${Math.round(sane(dose) * 100) / 100}\u00a0${unit}`;

const line = (
  points: readonly Point[],
  width: number,
  more: Partial<Omit<LineFigure, 'kind' | 'points' | 'width'>> = {},
): LineFigure => ({
  kind: 'line',
  points,
  closed: false,
  straight: false,
  stroke: 'hue',
  width,
  dash: null,
  fill: null,
  fillOpacity: 1,
  ...more,
});

const circle = (
  radius: number,
  width: number,
  more: Partial<Omit<CircleFigure, 'kind' | 'radius' | 'width'>> = {},
): CircleFigure => ({
  kind: 'circle',
  x: 0,
  y: 0,
  radius,
  stroke: 'hue',
  width,
  dash: null,
  fill: 'paper',
  fillOpacity: 1,
  ...more,
});

/** The same line, to lie beneath itself, wider and in the ground's colour. */
const casingOf = <F extends LineFigure | CircleFigure>(figure: F): F => ({
  ...figure,
  stroke: 'paper',
  width: figure.width + 2 * casing,
  dash: null,
  fillOpacity: 0,
});
const cased = <F extends LineFigure | CircleFigure>(figure: F): [F, F] => [casingOf(figure), figure];

const words = (
  text: string,
  x: number,
  middleY: number,
  size: number,
  anchor: WordsFigure['anchor'],
  isBold: boolean,
): WordsFigure => ({ kind: 'words', text, x, y: middleY + size * baselineDrop, size, isBold, anchor });

// ── Injection ───────────────────────────────────────────────────────────────────────────────────────────────
/** Where the dose stands beside its dot. */
export function doseWords(given: NonNullable<Given>, side: DoseSide): WordsFigure {
  const beside = injectionRadius + doseGap;
  // Above and below: half a sign's height more, since words are placed by their middle.
  const over = injectionRadius + doseGap + doseSize * 0.38;
  const text = doseText(given);
  switch (side) {
    case 'right':
      return words(text, beside, 0, doseSize, 'start', true);
    case 'left':
      return words(text, -beside, 0, doseSize, 'end', true);
    case 'above':
      return words(text, 0, -over, doseSize, 'middle', true);
    case 'below':
      return words(text, 0, over, doseSize, 'middle', true);
  }
}

/** A needle's point is full, a cannula's is a ring. */
export function injectionView(props: PropsOf<'injection'>, side: DoseSide = 'right'): Figure[] {
  const dot =
    props.tool === 'needle'
      ? [circle(injectionRadius, lineWidths.rim, { fill: 'hue', stroke: 'paper' })]
      : cased(circle(injectionRadius - 1.5, 3.5));
  return props.given === null ? dot : [...dot, doseWords(props.given, side)];
}

// ── Area ────────────────────────────────────────────────────────────────────────────────────────────────────
export function areaView(props: PropsOf<'area'>): Figure[] {
  const region = cased(line(props.points, lineWidths.area, { closed: true, fill: 'hue', fillOpacity: 0.16 }));
  const { x, y, width } = widestInside(props.points);
  const room = Math.max(120, width * 0.9);
  const rows = [
    ...cutTo(rowsOf(props.label, labelSize, room / boldShare), 3).map((text) => ({ text, size: labelSize })),
    ...(props.given === null ? [] : [{ text: doseText(props.given), size: labelSize }]),
    ...cutTo(rowsOf(deviceText(props), smallSize, room), 3).map((text) => ({ text, size: smallSize })),
  ];
  const height = rows.reduce((sum, { size }) => sum + size * lineHeight, 0);
  let top = y - height / 2;
  const figures: Figure[] = [...region];
  for (const { text, size } of rows) {
    figures.push(words(text, x, top + (size * lineHeight) / 2, size, 'middle', size === labelSize));
    top += size * lineHeight;
  }
  return figures;
}

/** “12 J/cm², 10 mm · 3×”; neither a unit nor the passes begin a line. */
const deviceText = ({ settings, passes }: PropsOf<'area'>): string =>
  [settings.trim().replace(/(\d) (?=\p{L})/gu, '$1\u00a0'), passes > 1 ? `${Math.round(sane(passes))}×` : '']
    .filter((part) => part !== '')
    .join('\u00a0·\u00a0');

const rowsOf = (text: string, size: number, width: number): string[] => {
  const plain = plainWords(text).trim();
  return plain === '' ? [] : wrapped(plain, size, width);
};

const levels = [0.5, 0.4, 0.6, 0.3, 0.7] as const;

/** The middle of the widest level stretch inside an outline: also in a crescent it lies within. Nearer to the middle wins where equal. */
export function widestInside(points: readonly Point[]): { x: number; y: number; width: number } {
  const ys = points.map(({ y }) => sane(y));
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const first = points[0];
  let best = { x: sane(first?.x ?? 0), y: sane(first?.y ?? 0), width: 0 };
  if (points.length < 3) return best;
  for (const level of levels) {
    const y = top + (bottom - top) * level;
    const crossings = crossingsAt(points, y);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [from, to] = [crossings[index] ?? 0, crossings[index + 1] ?? 0];
      if (to - from > best.width * 1.05) best = { x: (from + to) / 2, y, width: to - from };
    }
  }
  return best;
}

function crossingsAt(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let before = points.at(-1);
  for (const point of points) {
    if (before && sane(before.y) <= y !== sane(point.y) <= y) {
      const share = (y - sane(before.y)) / (sane(point.y) - sane(before.y));
      found.push(sane(before.x) + share * (sane(point.x) - sane(before.x)));
    }
    before = point;
  }
  return found.sort((one, other) => one - other);
}

// ── Path ────────────────────────────────────────────────────────────────────────────────────────────────────
/** Where a path ends and which way it came in, radians; null where all its points are one. */
export function pathDirection(points: readonly Point[]): (Point & { angle: number }) | null {
  const end = points.at(-1);
  if (!end) return null;
  let from: Point = end;
  for (const point of points.toReversed()) {
    if (distance(point, end) > distance(from, end)) from = point;
    if (distance(from, end) >= directionReach) break;
  }
  if (distance(from, end) === 0) return null;
  return { x: end.x, y: end.y, angle: Math.atan2(end.y - from.y, end.x - from.x) };
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** Half-way along a path, and a direction square to it that points up, or right where it stands upright. */
export function pathMiddle(points: readonly Point[]): { at: Point; normal: Point } | null {
  const stretches = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  const whole = stretches.reduce((sum, { from, to }) => sum + distance(from, to), 0);
  let left = whole / 2;
  for (const { from, to } of stretches) {
    const length = distance(from, to);
    if (length > 0 && left <= length) {
      const share = left / length;
      const at = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
      const [nx, ny] = [(to.y - from.y) / length, (from.x - to.x) / length];
      const isUp = ny < -0.01 || (Math.abs(ny) <= 0.01 && nx > 0);
      return { at, normal: isUp ? { x: nx, y: ny } : { x: -nx, y: -ny } };
    }
    left -= length;
  }
  return null;
}

/** A ring where the needle goes in, an open arrow where it ends. A cannula's line is whole, a thread's is dashed. */
export function pathView(props: PropsOf<'path'>): Figure[] {
  const width = lineWidths[props.kind];
  const lines = [line(props.points, width, { dash: props.kind === 'thread' ? [11, 8] : null })];
  const direction = pathDirection(props.points);
  if (direction) {
    const barb = (turn: number): Point => ({
      x: direction.x - arrowLength * Math.cos(direction.angle + turn),
      y: direction.y - arrowLength * Math.sin(direction.angle + turn),
    });
    lines.push(line([barb(0.5), { x: direction.x, y: direction.y }, barb(-0.5)], width, { straight: true }));
  }
  // All casings lie beneath all lines: the arrow's never cuts the shaft.
  const figures: Figure[] = [...lines.map(casingOf), ...lines];
  const [entry] = props.points;
  if (entry) figures.push(...cased(circle(entryRadius, 3, { x: entry.x, y: entry.y })));
  const middle = pathMiddle(props.points);
  if (props.given !== null && middle) {
    const { at, normal } = middle;
    const anchor = normal.x > 0.5 ? 'start' : normal.x < -0.5 ? 'end' : 'middle';
    const [x, y] = [at.x + normal.x * pathGap, at.y + normal.y * pathGap];
    figures.push(words(doseText(props.given), x, y, doseSize, anchor, true));
  }
  return figures;
}

// ── Finding ─────────────────────────────────────────────────────────────────────────────────────────────────
export function findingView(props: PropsOf<'finding'>): Figure[] {
  const radius = Math.abs(sane(props.radius));
  const ring = cased(circle(radius, lineWidths.finding, { dash: [7, 5], fill: 'hue', fillOpacity: 0.08 }));
  const label = plainWords(props.label).trim();
  return label === '' ? ring : [...ring, words(label, radius + doseGap, 0, labelSize, 'start', false)];
}

export function markView(mark: Mark, side: DoseSide = 'right'): Figure[] {
  switch (mark.type) {
    case 'injection':
      return injectionView(mark.props, side);
    case 'area':
      return areaView(mark.props);
    case 'path':
      return pathView(mark.props);
    case 'finding':
      return findingView(mark.props);
  }
}

/** Bold letters take so much more room. */
const boldShare = 1.12;

/** The box of a figure's words, by estimate. */
export function boxOfWords({ text, x, y, size, isBold, anchor }: WordsFigure) {
  const width = widthOfWords(text, size) * (isBold ? boldShare : 1);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  const middle = y - size * baselineDrop;
  return {
    left,
    right: left + width,
    top: middle - size / 2,
    bottom: middle + size / 2,
  };
}
