/** A stroke's points are checked by their bounds alone where they lay as bytes: what comes of it is what the schema says. */
import { describe, expect, it } from 'vitest';
import { entriesOf, recordFrom } from '../../src/domain/scheme/layout.ts';
import { type SchemeRecord, schemeRecord } from '../../src/domain/scheme/marks.ts';
import { readRecord } from '../../src/domain/scheme/read-record.ts';
import { stroke } from '../support/drawing-stage.ts';

type Stroke = Extract<SchemeRecord, { type: 'draw' }>;
type Point = Stroke['props']['segments'][number]['points'][number];

function drawn(points: readonly Point[], more: Partial<Stroke['props']> = {}): Stroke {
  const whole = stroke(2, 'shape:one');
  if (whole.type !== 'draw') throw new Error('no stroke');
  return { ...whole, props: { ...whole.props, segments: [{ type: 'free', points: [...points] }], ...more } };
}

const bySchema = (record: SchemeRecord): SchemeRecord | null => {
  const parsed = schemeRecord.safeParse(recordFrom(record.id, entriesOf(record)));
  return parsed.success ? parsed.data : null;
};

const points: readonly Point[] = [
  { x: 0, y: 0, z: 0.5 },
  { x: -3.25, y: 12.5, z: 1.25 },
];

describe('a stroke that lay as bytes', () => {
  it.each<[string, Stroke]>([
    ['is whole', drawn(points)],
    ['is being drawn', drawn(points, { isComplete: false })],
    ['has no points yet', drawn([])],
    ['has no segments yet', drawn([], { segments: [] })],
    ['lies at the last place of the page', drawn([{ x: 100_000, y: -100_000, z: 0.5 }])],
  ])('%s: it is what the schema makes of it', (_what, record) => {
    expect(readRecord(record.id, entriesOf(record))).toEqual(bySchema(record));
    expect(readRecord(record.id, entriesOf(record))).toEqual(record);
  });

  it.each<[string, Stroke]>([
    ['a point beyond the page', drawn([{ x: 100_000.01, y: 0, z: 0.5 }])],
    ['a point beyond it on the other side', drawn([{ x: 0, y: -100_000.01 }])],
    ['more pressure than there is', drawn([{ x: 0, y: 0, z: 1.26 }])],
    ['less than none', drawn([{ x: 0, y: 0, z: -0.01 }])],
    ['too many points', drawn(Array.from({ length: 4_001 }, () => ({ x: 0, y: 0 })))],
    [
      'too many segments',
      drawn([], { segments: Array.from({ length: 201 }, () => ({ type: 'free' as const, points: [] })) }),
    ],
    ['a scale of nothing', drawn(points, { scale: 0 })],
  ])('with %s is none', (_what, record) => {
    expect(entriesOf(record).get('props.segments')).toBeInstanceOf(Uint8Array);
    expect(bySchema(record)).toBeNull();
    expect(readRecord(record.id, entriesOf(record))).toBeNull();
  });

  it('with an entry too many, or bytes of nobody’s, is none', () => {
    const entries = entriesOf(drawn(points));
    expect(readRecord('shape:one', new Map([...entries, ['props.price', 5]]))).toBeNull();
    expect(readRecord('shape:one', new Map([...entries, ['props.segments', Uint8Array.of(255)]]))).toBeNull();
  });
});
