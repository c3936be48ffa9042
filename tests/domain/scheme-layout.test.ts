import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packInChunks, packSegments, pointsPerChunk, unpackSegments } from '../../src/domain/scheme/ink.ts';
import { entriesOf, recordFrom } from '../../src/domain/scheme/layout.ts';
import { schemeRecord } from '../../src/domain/scheme/marks.ts';

const stroke = (points: { x: number; y: number; z?: number }[], isComplete = true) => ({
  id: 'shape:one',
  typeName: 'shape',
  type: 'draw',
  parentId: 'page:scheme',
  index: 'a1',
  x: 10,
  y: 20,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [{ type: 'free', points }],
    isComplete,
    isClosed: false,
    isPen: false,
    scale: 1,
  },
});
const wander = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    x: Math.round(Math.sin(index / 9) * 20_000) / 100,
    y: Math.round(index * 137) / 100,
    z: 0.5,
  }));

describe('a record in the document', () => {
  it('comes back as it was, complete or not', () => {
    for (const isComplete of [true, false])
      for (const count of [1, 31, 32, 33, 64, 300]) {
        const record = schemeRecord.parse(stroke(wander(count), isComplete));
        expect(recordFrom(record.id, entriesOf(record))).toEqual(record);
      }
  });

  it('of every kind, with places not rounded as well', () => {
    const area = {
      ...stroke([]),
      type: 'area',
      props: {
        points: [
          { x: 0, y: 0 },
          { x: 1 / 3, y: 5 },
          { x: 3, y: 9.25 },
        ],
        technique: 'peel',
        label: 'Лоб',
        settings: '',
        passes: 1,
        given: null,
        hue: 3,
      },
    };
    const rounded = {
      ...area,
      props: {
        ...area.props,
        points: [
          { x: -1.25, y: 0 },
          { x: 2, y: 5 },
          { x: 3, y: 9.25 },
        ],
      },
    };
    for (const one of [area, rounded]) {
      const record = schemeRecord.parse(one);
      expect(recordFrom(record.id, entriesOf(record))).toEqual(record);
    }
    expect(entriesOf(schemeRecord.parse(rounded)).get('props.points')).toBeInstanceOf(Uint8Array);
    expect(entriesOf(schemeRecord.parse(area)).get('props.points')).not.toBeInstanceOf(Uint8Array);
  });

  it('keeps place and rotation together and properties apart', () => {
    const before = entriesOf(schemeRecord.parse(stroke(wander(3))));
    const after = entriesOf(schemeRecord.parse({ ...stroke(wander(3)), x: 11, rotation: 1 }));
    const changed = [...after].filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key)),
    );
    expect(changed).toEqual([['place', { x: 11, y: 20, rotation: 1 }]]);
  });

  it('sends only the last points of a stroke that is being drawn', () => {
    const points = wander(pointsPerChunk * 4 + 5);
    const before = entriesOf(schemeRecord.parse(stroke(points.slice(0, -1), false)));
    const after = entriesOf(schemeRecord.parse(stroke(points, false)));
    const changed = [...after].filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key)),
    );
    expect(changed.map(([key]) => key)).toEqual(['ink.4']);
  });

  it('has nothing to say where somebody wrote what is none of ours', () => {
    const good = entriesOf(schemeRecord.parse(stroke(wander(3))));
    const hostile: [string, unknown][] = [
      ['props.segments', Uint8Array.of(1, 2, 3)],
      ['props.segments', Uint8Array.of(255, 255, 255, 255, 255, 255, 255)],
      ['props.segments', 'ink'],
      ['ink.01', Uint8Array.of(0)],
      ['x', 5],
      ['typeName', 'page'],
      ['__proto__', { isAdmin: true }],
      ['constructor', 1],
      ['props.__proto__', { scale: 2 }],
      ['place', { x: 1, y: 2, rotation: 0, more: 1 }],
      ['place', JSON.parse('{"y":1,"rotation":0,"__proto__":{"x":1}}')],
      ['place', null],
      ['meta', { note: 'for staff' }],
    ];
    for (const [key, value] of hostile) {
      const record = recordFrom('shape:one', new Map([...good, [key, value]]));
      expect(schemeRecord.safeParse(record).success, `${key} ${String(value)}`).toBe(false);
    }
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
  });

  it('reads an unfinished stroke up to a gap', () => {
    const record = schemeRecord.parse(stroke(wander(100), false));
    const entries = entriesOf(record);
    entries.delete('ink.2');
    const read = schemeRecord.parse(recordFrom(record.id, entries));
    expect(read.type === 'draw' && read.props.segments[0]?.points).toEqual(wander(64));
  });
});

const hundredth = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((whole) => whole / 100);
const pressure = fc.integer({ min: 0, max: 100 }).map((whole) => whole / 100);
const segment = fc.record({
  type: fc.constantFrom('free' as const, 'straight' as const),
  points: fc.oneof(
    fc.array(fc.record({ x: hundredth, y: hundredth }), { maxLength: 80 }),
    fc.array(fc.record({ x: hundredth, y: hundredth, z: pressure }), { maxLength: 80 }),
  ),
});

describe('ink', () => {
  it('loses nothing, whole or in chunks', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        expect(unpackSegments([packSegments(segments) ?? new Uint8Array(1)])).toEqual(segments);
        expect(unpackSegments(packInChunks(segments) ?? [])).toEqual(segments);
      }),
      { numRuns: 400 },
    );
  });

  it('reads any bytes without failing and without reserving room', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const points = unpackSegments([bytes])?.reduce((sum, each) => sum + each.points.length, 0) ?? 0;
        return points <= bytes.length;
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes a few bytes for a point', () => {
    expect(packSegments([{ type: 'free', points: wander(300) }])?.length).toBeLessThan(300 * 4.5);
  });
});
