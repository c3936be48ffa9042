import { describe, expect, it } from 'vitest';
import { type Catalogue, faultsOf } from '../../src/domain/scheme/check.ts';
import type { Mark } from '../../src/domain/scheme/marks.ts';
import { totalsBy, totalsOf } from '../../src/domain/scheme/totals.ts';

const toxin = '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10';
const filler = '1c8d2f7f-6b55-4e68-8b4f-3a2a6a7b8b21';
const today = '2026-11-23';

const injection = (id: string, x: number, dose: number, productId = toxin, unit: 'U' | 'ml' = 'U'): Mark => ({
  id: `shape:${id}`,
  typeName: 'shape',
  type: 'injection',
  parentId: 'page:scheme',
  index: 'a1',
  x,
  y: 300,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: { given: { productId, productName: 'P', dose, unit }, hue: 3, depth: null, tool: 'needle' },
});

const catalogue: Catalogue = {
  unitOf: (id) => (id === toxin ? 'U' : id === filler ? 'ml' : null),
  lot: (id) =>
    id === 'fresh'
      ? { productId: toxin, expiresOn: today }
      : id === 'old'
        ? { productId: toxin, expiresOn: '2026-11-22' }
        : null,
};

const mapOf = (...marks: Mark[]) => new Map<string, unknown>(marks.map((mark) => [mark.id, mark]));

describe('totals', () => {
  const regionOf = (mark: Mark) => (mark.x < 500 ? 'frontalis' : null);

  it('add up by product, lot and region, to the hundredth, in any order', () => {
    const marks = Array.from({ length: 10 }, (_, n) => injection(`m${n}`, n * 100, 0.1, filler, 'ml'));
    const lotOf = (id: string) => (id === 'shape:m0' ? 'fresh' : null);
    const lines = totalsOf(marks, { lotOf, regionOf });
    expect(lines.map(({ lotId, region, doseHundredths }) => [lotId, region, doseHundredths])).toEqual([
      ['fresh', 'frontalis', 10],
      [null, 'frontalis', 40],
      [null, null, 50],
    ]);
    expect(totalsOf(marks.toReversed(), { lotOf, regionOf })).toEqual(lines);
    expect(totalsBy(lines, []).map(({ doseHundredths, markCount }) => [doseHundredths, markCount])).toEqual([
      [100, 10],
    ]);
    expect(totalsBy(lines, ['region']).map(({ doseHundredths }) => doseHundredths)).toEqual([50, 50]);
  });

  it('leave out what only says where', () => {
    const bare = injection('bare', 100, 1);
    if (bare.type === 'injection') bare.props.given = null;
    expect(totalsOf([bare], { lotOf: () => null, regionOf })).toEqual([]);
  });
});

describe('finishing asks', () => {
  const reasonsOf = (candidates: ReadonlyMap<string, unknown>, lots = new Map<string, string>()) =>
    faultsOf(candidates, lots, catalogue, today).map(({ markId, reason }) => `${markId} ${reason}`);

  it('for something drawn', () => expect(reasonsOf(new Map())).toEqual([' no_marks']));

  it('for records that are whole, under their own ids', () => {
    const mark = injection('one', 1, 4);
    expect(reasonsOf(mapOf(mark))).toEqual([]);
    expect(reasonsOf(new Map([['shape:other', mark]]))).toEqual(['shape:other bad_record']);
    expect(reasonsOf(new Map([['shape:x', { ...mark, x: 'left' }]]))).toEqual(['shape:x bad_record']);
  });

  it('for products of the catalogue in their own unit', () => {
    expect(reasonsOf(mapOf(injection('a', 1, 4, toxin, 'ml')))).toEqual(['shape:a wrong_unit']);
    expect(reasonsOf(mapOf(injection('b', 1, 4, '2d9e3a80-7c66-4f79-9c5a-4b3b7b8c9c32')))).toEqual([
      'shape:b unknown_product',
    ]);
  });

  it('for lots of that product, on their last day but not after', () => {
    const one = mapOf(injection('a', 1, 4));
    const lots = (lotId: string) => new Map([['shape:a', lotId]]);
    expect(reasonsOf(one, lots('fresh'))).toEqual([]);
    expect(reasonsOf(one, lots('old'))).toEqual(['shape:a lot_expired']);
    expect(reasonsOf(one, lots('nobody’s'))).toEqual(['shape:a lot_unknown']);
    expect(reasonsOf(mapOf(injection('a', 1, 1, filler, 'ml')), lots('fresh'))).toEqual([
      'shape:a lot_unknown',
    ]);
  });
});
