/** The editor's arrow: a line from start to end, bent into an arc that passes the middle at the distance `bend`. */
import type { SchemeRecord } from '../marks.ts';
import { arrowWidth } from './free-look.ts';
import { type Point, sane, shown } from './number.ts';

type ArrowProps = Extract<SchemeRecord, { type: 'arrow' }>['props'];

/** A smaller bend is none, as in the editor. */
const leastBend = 8;

export interface ArrowBody {
  d: string;
  length: number;
  /** 0 at the start, 1 at the end. */
  along(share: number): Point;
}

export function arrowBody({ start, end, bend: anyBend, scale }: ArrowProps): ArrowBody {
  const from = { x: sane(start.x), y: sane(start.y) };
  const to = { x: sane(end.x), y: sane(end.y) };
  const bend = sane(anyBend);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const chord = Math.hypot(dx, dy);
  const begin = `M${shown(from.x)} ${shown(from.y)}`;
  if (chord < 0.1 || Math.abs(bend) < leastBend * sane(scale))
    return {
      d: `${begin}L${shown(to.x)} ${shown(to.y)}`,
      length: chord,
      along: (share) => ({ x: from.x + dx * share, y: from.y + dy * share }),
    };
  const depth = Math.abs(bend);
  const radius = (chord * chord) / (8 * depth) + depth / 2;
  const toCentre = bend - Math.sign(bend) * radius;
  const centre = {
    x: (from.x + to.x) / 2 - (dy / chord) * toCentre,
    y: (from.y + to.y) / 2 + (dx / chord) * toCentre,
  };
  const isLarge = depth > chord / 2;
  const small = 2 * Math.asin(Math.min(1, chord / (2 * radius)));
  const turn = (isLarge ? 2 * Math.PI - small : small) * (bend > 0 ? -1 : 1);
  const first = Math.atan2(from.y - centre.y, from.x - centre.x);
  const r = shown(radius);
  return {
    d: `${begin}A${r} ${r} 0 ${isLarge ? 1 : 0} ${bend > 0 ? 0 : 1} ${shown(to.x)} ${shown(to.y)}`,
    length: radius * Math.abs(turn),
    along: (share) => ({
      x: centre.x + radius * Math.cos(first + turn * share),
      y: centre.y + radius * Math.sin(first + turn * share),
    }),
  };
}

export interface ArrowHead {
  d: string;
  /** Its inside hides the line. */
  isFilled: boolean;
}

export function arrowHead(props: ArrowProps, body: ArrowBody, side: 'start' | 'end'): ArrowHead | null {
  const kind = side === 'start' ? props.arrowheadStart : props.arrowheadEnd;
  if (kind === 'none' || body.length < 0.1) return null;
  const width = arrowWidth(props);
  const reach = Math.min(Math.max(body.length / 5, width), width * 3) / body.length;
  const tip = body.along(side === 'start' ? 0 : 1);
  const back = body.along(side === 'start' ? Math.min(1, reach) : Math.max(0, 1 - reach));
  const angle = Math.atan2(back.y - tip.y, back.x - tip.x);
  const size = Math.hypot(back.x - tip.x, back.y - tip.y);
  /** From the tip: so much of the size, turned away from the line. */
  const at = (share: number, turned: number): Point => ({
    x: tip.x + size * share * Math.cos(angle + turned),
    y: tip.y + size * share * Math.sin(angle + turned),
  });
  const across = Math.PI / 2;
  switch (kind) {
    case 'arrow':
      return open(at(1, Math.PI / 6), tip, at(1, -Math.PI / 6));
    case 'bar':
    case 'pipe':
      return open(at(0.5, across), at(0.5, -across));
    case 'triangle':
      return shut(at(1, Math.PI / 6), at(1, -Math.PI / 6), tip);
    case 'inverted':
      return shut(at(0.5, across), back, at(0.5, -across));
    case 'diamond':
      return shut(tip, at(0.75, Math.PI / 4), at(1.06, 0), at(0.75, -Math.PI / 4));
    case 'square': {
      const [diagonal, corner] = [Math.hypot(0.85, 0.425), Math.atan2(0.425, 0.85)];
      return shut(at(0.425, across), at(diagonal, corner), at(diagonal, -corner), at(0.425, -across));
    }
    case 'dot': {
      const [from, to] = [at(0, 0), at(0.9, 0)];
      const r = shown(size * 0.45);
      const half = (p: Point) => `A${r} ${r} 0 1 1 ${shown(p.x)} ${shown(p.y)}`;
      return { d: `M${shown(from.x)} ${shown(from.y)}${half(to)}${half(from)}z`, isFilled: true };
    }
  }
}

const trail = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${shown(x)} ${shown(y)}`).join('');
const open = (...points: Point[]): ArrowHead => ({ d: trail(points), isFilled: false });
const shut = (...points: Point[]): ArrowHead => ({ d: `${trail(points)}z`, isFilled: true });
