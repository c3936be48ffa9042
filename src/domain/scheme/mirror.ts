/**
 * A record on the other side of the axis: as the glass shows it, but with its words still to be read. The page turns about the line
 * x = axisX, so a shape that was turned by an angle is turned by its opposite, and its own points change side.
 */
import type { SchemeRecord } from './marks.ts';

/** Of the new record, chosen by the caller: a mirrored mark is one of its own. */
export interface NewPlace {
  id: string;
  index: string;
}

interface Point {
  x: number;
  y: number;
}

export function mirrored(record: SchemeRecord, axisX: number, { id, index }: NewPlace): SchemeRecord {
  const placed = {
    ...record,
    id,
    index,
    x: hundredths(2 * axisX - record.x),
    y: hundredths(record.y),
    rotation: 0 - record.rotation,
  };
  switch (placed.type) {
    case 'injection':
    case 'finding':
      return placed;
    case 'area':
    case 'path':
      // The order of the points stays, and with it the entry point and the direction.
      return withProps(placed, { points: placed.props.points.map(flipped) });
    case 'draw':
      return withProps(placed, {
        segments: placed.props.segments.map((segment) => ({
          ...segment,
          points: segment.points.map((point) => ({ ...point, ...flipped(point) })),
        })),
      });
    case 'arrow': {
      const { start, end, bend } = placed.props;
      return withProps(placed, { start: flipped(start), end: flipped(end), bend: hundredths(0 - bend) });
    }
    case 'text': {
      // The box lay to the right of its corner; in the glass it would lie to the left of it.
      const width = placed.props.w * placed.props.scale;
      return {
        ...placed,
        x: hundredths(placed.x - width * Math.cos(placed.rotation)),
        y: hundredths(placed.y - width * Math.sin(placed.rotation)),
      };
    }
  }
}

const withProps = <R extends { props: object }>(record: R, change: Partial<R['props']>): R => ({
  ...record,
  props: { ...record.props, ...change },
});

const flipped = ({ x, y }: Point): Point => ({ x: hundredths(0 - x), y: hundredths(y) });

/** As the editor rounds; never minus nothing, and never beyond what a record may hold. */
const hundredths = (value: number): number =>
  Math.min(100_000, Math.max(-100_000, Math.round(value * 100) / 100)) + 0;
