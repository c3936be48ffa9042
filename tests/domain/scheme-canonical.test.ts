import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/domain/scheme/canonical.ts';
import { schemeRecord } from '../../src/domain/scheme/marks.ts';
import { anyRecord, injection } from '../support/scheme-records.ts';

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe('the text a scheme is hashed by', () => {
  it('is the same whatever order records and properties lie in, and again after a way through JSON', () => {
    const some = fc
      .integer({ min: 1, max: 5 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => anyRecord(`n${n}`))));
    fc.assert(
      fc.property(some, (records) => {
        const text = canonicalText(records);
        const others = records.toReversed().map((record) => schemeRecord.parse(turned(record)));
        expect(canonicalText(others)).toBe(text);
        const read = (JSON.parse(text) as unknown[]).map((record) => schemeRecord.parse(record));
        expect(canonicalText(read)).toBe(text);
        expect(read).toEqual(JSON.parse(JSON.stringify(records.toSorted((a, b) => (a.id < b.id ? -1 : 1)))));
      }),
      { numRuns: 200 },
    );
  });

  it('is another one for the smallest change', () => {
    const text = canonicalText([injection('one', { x: 1 })]);
    expect(canonicalText([injection('one', { x: 1.01 })])).not.toBe(text);
    expect(canonicalText([injection('two', { x: 1 })])).not.toBe(text);
    expect(canonicalText([])).toBe('[]');
  });

  it('sorts by code units, not by a language', () => {
    const ids = ['a', 'B', '_', '-', 'b', '1'];
    const text = canonicalText(ids.map((id) => injection(id)));
    expect([...text.matchAll(/"shape:(.)"/g)].map(([, id]) => id)).toEqual(['-', '1', 'B', '_', 'a', 'b']);
  });
});
