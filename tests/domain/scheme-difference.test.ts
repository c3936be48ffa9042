import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type RecordField, totalsDifference } from '../../src/domain/scheme/difference.ts';
import { schemeRecord, type SchemeRecord } from '../../src/domain/scheme/marks.ts';
import type { TotalLine } from '../../src/domain/scheme/totals.ts';
import {
  anyRecord,
  area,
  arrow,
  draw,
  filler,
  finding,
  given,
  injection,
  path,
  toxin,
  words,
} from '../support/scheme-records.ts';

const fieldsOf = (before: SchemeRecord, after: SchemeRecord): RecordField[] | undefined =>
  differenceOf([before], [after]).changed[0]?.fields;

describe('what a correction changed', () => {
  it('is nothing between the same records in another order', () => {
    fc.assert(
      fc.property(fc.tuple(anyRecord('one'), anyRecord('two')), ([one, two]) => {
        const again = [two, one].map((record) => schemeRecord.parse(JSON.parse(JSON.stringify(record))));
        expect(differenceOf([one, two], again)).toEqual({ added: [], removed: [], changed: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('mirrors itself: what one way added, the other way removed', () => {
    const any = fc.tuple(anyRecord('one'), anyRecord('two'), anyRecord('three'));
    fc.assert(
      fc.property(any, any, fc.nat(3), fc.nat(3), (left, right, most, least) => {
        const [before, after] = [left.slice(0, most), right.slice(3 - least)];
        const [there, back] = [differenceOf(before, after), differenceOf(after, before)];
        expect(there.added).toEqual(back.removed);
        expect(there.removed).toEqual(back.added);
        expect(there.changed.map(({ id }) => id).sort()).toEqual(back.changed.map(({ id }) => id).sort());
        expect(differenceOf(before.toReversed(), after.toReversed())).toEqual(there);
      }),
      { numRuns: 200 },
    );
  });

  it('names added and removed marks in the order of drawing', () => {
    const [low, high] = [injection('z', { index: 'a1' }), injection('a', { index: 'a2' })];
    expect(differenceOf([], [high, low]).added).toEqual(['shape:z', 'shape:a']);
    expect(differenceOf([high, low], []).removed).toEqual(['shape:z', 'shape:a']);
  });

  it.each<[RecordField[], SchemeRecord, SchemeRecord]>([
    [['place'], injection('m'), injection('m', { x: 501 })],
    [['dose'], injection('m'), injection('m', {}, { given: given(5) })],
    [['product', 'dose'], injection('m'), injection('m', {}, { given: null })],
    [['product', 'unit'], injection('m'), injection('m', {}, { given: given(4, 'ml') })],
    [['depth', 'tool'], injection('m'), injection('m', {}, { depth: 'subcutaneous', tool: 'cannula' })],
    [
      ['points'],
      path('m'),
      path(
        'm',
        {},
        {
          points: [
            { x: 0, y: 0 },
            { x: 9, y: 0 },
          ],
        },
      ),
    ],
    [['kind'], path('m'), path('m', {}, { kind: 'thread' })],
    [
      ['technique', 'settings', 'passes', 'label'],
      area('m'),
      area('m', {}, { technique: 'peel', label: 'L', settings: '5 %', passes: 2 }),
    ],
    [['radius', 'colour'], finding('m'), finding('m', {}, { radius: 20, hue: 1 })],
    [['text'], words('m', 'before'), words('m', 'after')],
    [['points', 'text'], arrow('m'), arrow('m', {}, { bend: 20, text: 'here' })],
    [['colour', 'style'], draw('m'), draw('m', {}, { color: 'blue', size: 'l', dash: 'dotted' })],
    [
      ['rotation', 'opacity', 'order', 'locked'],
      draw('m'),
      draw('m', { rotation: 1, opacity: 0.5, index: 'a2', isLocked: true }),
    ],
    [['type', 'product', 'dose'], injection('m'), finding('m')],
  ])('is called %j', (fields, before, after) => {
    expect(fieldsOf(before, after)).toEqual(fields);
    expect(fieldsOf(after, before)).toEqual(fields);
  });
});

describe('totals before and after', () => {
  const line = (more: Partial<TotalLine>): TotalLine => ({
    productId: toxin,
    productName: 'Toxin',
    unit: 'U',
    lotId: null,
    region: 'glabella',
    doseHundredths: 400,
    markCount: 1,
    ...more,
  });

  it('differ by line, and a line on one side only was nothing on the other', () => {
    const before = [line({}), line({ region: 'frontalis', doseHundredths: 1000, markCount: 5 })];
    const after = [
      line({ doseHundredths: 800, markCount: 2 }),
      line({ productId: filler, unit: 'ml' }),
      before[1] ?? line({}),
    ];
    const changes = totalsDifference(before, after);
    expect(
      changes.map(({ productId, region, beforeHundredths, afterHundredths, beforeCount, afterCount }) => [
        productId,
        region,
        beforeHundredths,
        afterHundredths,
        beforeCount,
        afterCount,
      ]),
    ).toEqual([
      [toxin, 'glabella', 400, 800, 1, 2],
      [filler, 'glabella', 0, 400, 0, 1],
    ]);
    expect(totalsDifference(before, before.toReversed())).toEqual([]);
    expect(totalsDifference(after.toReversed(), before.toReversed())).toHaveLength(2);
  });

  it('tell lots apart, and take no new name for a change', () => {
    expect(totalsDifference([line({})], [line({ productName: 'Toxin, renamed' })])).toEqual([]);
    expect(totalsDifference([line({})], [line({ lotId: 'lot' })])).toHaveLength(2);
  });
});
