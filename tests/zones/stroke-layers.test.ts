/** Strokes are painted together as far as nothing lies between them, and stay below and above the marks they were drawn below and above. */
import { createShapeId, PageRecordType, type TLDrawShape, type TLShape, ZERO_INDEX_KEY } from 'tldraw';
import { expect, it } from 'vitest';
import { layersOf } from '../../src/ui/zones/drawing/strokes.ts';

const around = (name: string) => ({
  id: createShapeId(name),
  typeName: 'shape' as const,
  parentId: PageRecordType.createId('scheme'),
  index: ZERO_INDEX_KEY,
  x: 0,
  y: 0,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
});

const stroke = (name: string): TLDrawShape => ({
  ...around(name),
  type: 'draw',
  props: {
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
  },
});
const mark = (name: string): TLShape => ({ ...around(name), type: 'injection', props: {} });

const layersFrom = (...shapes: TLShape[]) =>
  layersOf(shapes.map((shape, at) => ({ shape, index: 100 + at, opacity: at === 1 ? 0.32 : 1 }))).map(
    ({ zIndex, paintings }) => ({
      zIndex,
      strokes: paintings.map(({ stroke: { id }, opacity }) => `${id.slice('shape:'.length)} ${opacity}`),
    }),
  );

it('a drawing without strokes has no layers', () => {
  expect(layersFrom()).toEqual([]);
  expect(layersFrom(mark('one'), mark('two'))).toEqual([]);
});

it('strokes upon each other are one layer, in their order, each with its own opacity', () => {
  expect(layersFrom(stroke('a'), stroke('b'), stroke('c'))).toEqual([
    { zIndex: 100, strokes: ['a 1', 'b 0.32', 'c 1'] },
  ]);
});

it('a mark between them parts them, and lies between', () => {
  expect(
    layersFrom(mark('lowest'), stroke('a'), stroke('b'), mark('between'), stroke('c'), mark('upmost')),
  ).toEqual([
    { zIndex: 101, strokes: ['a 0.32', 'b 1'] },
    { zIndex: 104, strokes: ['c 1'] },
  ]);
});
