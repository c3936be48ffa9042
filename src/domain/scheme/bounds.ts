/** The box round what a record draws, in page units, its words (by estimate) included. */
import { boxOfWords, markView } from './mark-look.ts';
import { isMark, type SchemeRecord } from './marks.ts';
import { arrowBody } from './svg/arrow.ts';
import { arrowWidth, drawWidth, strokePoints, textSize } from './svg/free-look.ts';
import { type Point, sane } from './svg/number.ts';
import { textFigures } from './svg/text.ts';
import { lineHeight } from './svg/words.ts';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function boundsOf(record: SchemeRecord): Bounds {
  const { points, margin } = reachOf(record);
  const [cos, sin] = [Math.cos(sane(record.rotation)), Math.sin(sane(record.rotation))];
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const point of points.length > 0 ? points : [{ x: 0, y: 0 }]) {
    const [px, py] = [sane(point.x), sane(point.y)];
    const [x, y] = [sane(record.x) + px * cos - py * sin, sane(record.y) + px * sin + py * cos];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return {
    x: box.left - margin,
    y: box.top - margin,
    width: box.right - box.left + 2 * margin,
    height: box.bottom - box.top + 2 * margin,
  };
}

const corners = ({ left, right, top, bottom }: ReturnType<typeof boxOfWords>): Point[] => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

/** About the record's own place: the points it reaches, and half the width of its line round them. */
function reachOf(record: SchemeRecord): { points: readonly Point[]; margin: number } {
  if (isMark(record)) {
    const figures = markView(record);
    const points = figures.flatMap((figure) => {
      if (figure.kind === 'line') return [...figure.points];
      if (figure.kind === 'words') return corners(boxOfWords(figure));
      const { x, y, radius } = figure;
      return corners({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    });
    const widths = figures.map((figure) => (figure.kind === 'words' ? 0 : figure.width));
    return { points, margin: Math.max(...widths) / 2 };
  }
  switch (record.type) {
    case 'draw':
      return { points: strokePoints(record.props.segments), margin: drawWidth(record.props) / 2 };
    case 'arrow': {
      const body = arrowBody(record.props);
      const shares = Array.from({ length: 33 }, (_, index) => index / 32);
      // An arrowhead reaches one and a half widths to either side.
      return { points: shares.map((share) => body.along(share)), margin: arrowWidth(record.props) * 2 };
    }
    case 'text': {
      const lines = textFigures(record.props);
      const width = sane(record.props.w) * sane(record.props.scale);
      const height = Math.max(1, lines.length) * textSize(record.props) * lineHeight;
      return { points: corners({ left: 0, right: width, top: 0, bottom: height }), margin: 0 };
    }
  }
}
