/** What pages make of pictures before anybody sees them: keys of the slider, names and days of files, addresses. */
import { describe, expect, test } from 'vitest';
import { uploadQuery } from '../src/domain/picture.ts';
import { uploadHref } from '../src/ui/pictures/addresses.ts';
import { percentAfter } from '../src/ui/pictures/compare-slider.tsx';
import { dayOf, titleOf } from '../src/ui/pictures/file-facts.ts';

const file = (name: string, lastModified = 0): File => new File([], name, { lastModified });

test.each([
  ['ArrowRight', 50, 52],
  ['ArrowUp', 99, 100],
  ['ArrowLeft', 50, 48],
  ['ArrowDown', 1, 0],
  ['PageUp', 50, 60],
  ['PageDown', 4, 0],
  ['Home', 70, 0],
  ['End', 70, 100],
  ['a', 70, null],
  ['Tab', 70, null],
])('%s at %i leads to %s', (key, from, to) => expect(percentAfter(key, from)).toBe(to));

describe('a file', () => {
  test.each([
    ['Left cheek, before.jpg', 'Left cheek, before'],
    ['scalp_from_above.v2.png', 'scalp from above.v2'],
    ['IMG_2041.jpg', ''],
    ['DSC00123.JPG', ''],
    ['PXL_20260302_101112.jpg', ''],
    ['2026-03-02 10.11.12.webp', ''],
    ['.jpg', ''],
    ['Фото до.png', 'Фото до'],
  ])('%s is called “%s”', (name, title) => expect(titleOf(file(name))).toBe(title));

  test('has the day it was made on, and none that hasn’t come', () => {
    const noon = new Date(2026, 2, 2, 12).getTime();
    expect(dayOf(file('a.jpg', noon), '2026-06-03')).toBe('2026-03-02');
    expect(dayOf(file('a.jpg', noon), '2026-03-01')).toBe('2026-03-01');
  });

  test('goes to an address that the door reads the same', () => {
    const clientId = '00000000-0000-4000-8000-000000000001';
    const query = { kind: 'photograph', clientId, title: 'A & B?', takenOn: '2026-03-02' } as const;
    const read = (href: string) =>
      uploadQuery.parse(Object.fromEntries(new URL(href, 'http://a').searchParams));
    expect(read(uploadHref(query))).toEqual(query);
    expect(read(uploadHref({ ...query, title: '', takenOn: null }))).toEqual({
      ...query,
      title: '',
      takenOn: null,
    });
    expect(read(uploadHref({ kind: 'template', title: '' }))).toEqual({ kind: 'template', title: '' });
  });
});
