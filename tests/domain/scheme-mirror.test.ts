import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeRecord, type SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { mirrored } from '../../src/domain/scheme/mirror.ts';
import { anyRecord, area, arrow, draw, injection, path, words } from '../support/scheme-records.ts';

interface Point {
  x: number;
  y: number;
}

/** Where a point of a record's own lies on the page. */
const onPage = ({ x, y, rotation }: SchemeRecord, point: Point): Point => ({
  x: x + point.x * Math.cos(rotation) - point.y * Math.sin(rotation),
  y: y + point.x * Math.sin(rotation) + point.y * Math.cos(rotation),
});

/** The points of a record by which its geometry is known, in their order. */
function skeleton(record: SchemeRecord): Point[] {
  switch (record.type) {
    case 'injection':
    case 'finding':
      return [{ x: 0, y: 0 }];
    case 'area':
    case 'path':
      return record.props.points;
    case 'draw':
      return record.props.segments.flatMap(({ points }) => points);
    case 'arrow':
      return [record.props.start, record.props.end];
    case 'text':
      // The middle of its upper edge: the corners change places.
      return [{ x: (record.props.w * record.props.scale) / 2, y: 0 }];
  }
}

const numbersOf = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersOf)
      : [];

const place = { id: 'shape:new', index: 'a9' };

describe('mirrored', () => {
  it('every point lies on the other side, as far from the axis, in the same order', () => {
    fc.assert(
      fc.property(anyRecord('one'), fc.integer({ min: 0, max: 1000 }), (record, axisX) => {
        const other = mirrored(record, axisX, place);
        expect(schemeRecord.safeParse(other).error).toBeUndefined();
        const [here, there] = [skeleton(record), skeleton(other)];
        expect(there).toHaveLength(here.length);
        for (const [index, point] of here.entries()) {
          const was = onPage(record, point);
          const is = onPage(other, there[index] ?? { x: Number.NaN, y: Number.NaN });
          expect(Math.abs(2 * axisX - was.x - is.x)).toBeLessThan(0.03);
          expect(Math.abs(was.y - is.y)).toBeLessThan(0.03);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('twice is the same, to the hundredth', () => {
    fc.assert(
      fc.property(anyRecord('one'), fc.integer({ min: 0, max: 1000 }), (record, axisX) => {
        const again = mirrored(mirrored(record, axisX, place), axisX, record);
        const [was, is] = [numbersOf(record), numbersOf(again)];
        expect(is).toHaveLength(was.length);
        for (const [index, value] of was.entries())
          expect(Math.abs(value - (is[index] ?? Number.NaN))).toBeLessThan(0.021);
        expect({ ...again, x: 0, y: 0, rotation: 0, props: {} }).toEqual({
          ...record,
          x: 0,
          y: 0,
          rotation: 0,
          props: {},
        });
        expect(Object.is(again.rotation, -0)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('a path still begins at its entry point, and an area goes round the other way', () => {
    const line = mirrored(path('p', { x: 300 }), 500, place);
    expect(line).toMatchObject({ x: 700, id: 'shape:new', index: 'a9' });
    expect(line.type === 'path' && line.props.points).toEqual([
      { x: 0, y: 0 },
      { x: -50, y: 0 },
      { x: -100, y: 0 },
    ]);
    const round = mirrored(area('a'), 500, place);
    expect(round.type === 'area' && round.props.points[0]).toEqual({ x: 60, y: -40 });
  });

  it('an arrow bends to the other side; pressure, dose and words stay', () => {
    expect(mirrored(arrow('a', {}, { bend: 30, text: 'here' }), 500, place).props).toMatchObject({
      bend: -30,
      end: { x: -120, y: 0 },
      text: 'here',
    });
    const stroke = draw('d', {}, { segments: [{ type: 'free', points: [{ x: 3, y: 4, z: 0.7 }] }] });
    expect(mirrored(stroke, 500, place).props).toMatchObject({
      segments: [{ points: [{ x: -3, y: 4, z: 0.7 }] }],
    });
    expect(mirrored(injection('i'), 500, place).props).toEqual(injection('i').props);
  });

  it('words are placed, not turned round', () => {
    const text = words('t', 'left', { x: 100, y: 50 }, { w: 200, scale: 1 });
    expect(mirrored(text, 500, place)).toMatchObject({ x: 700, y: 50, props: text.props });
  });
});
