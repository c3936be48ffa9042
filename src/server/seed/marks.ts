/** The marks of the seeded drawings, as the editor would leave them. */
import type { Given, SchemeRecord } from '../../domain/scheme/marks.ts';
import { seedId } from './fixed.ts';
import { seedProductList } from './products.ts';

type Of<T extends SchemeRecord['type']> = Extract<SchemeRecord, { type: T }>;
export type Place = readonly [x: number, y: number];

/** Of a product of the seed, by its code. */
export function dose(code: string, amount: number): { given: NonNullable<Given>; hue: number } {
  const index = seedProductList.findIndex((product) => product.code === code);
  const product = seedProductList[index];
  if (!product) throw new Error(`the seed has no product ${code}`);
  return {
    given: {
      productId: seedId('product', index + 1),
      productName: product.name,
      dose: amount,
      unit: product.doseUnit,
    },
    hue: product.hue,
  };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** In the order they were drawn. */
const indexAt = (number: number): string =>
  `a${letters.charAt(Math.floor(number / letters.length))}${letters.charAt(number % letters.length)}V`;

const around = (number: number, [x, y]: Place) => ({
  id: `shape:seed-${number}`,
  typeName: 'shape' as const,
  parentId: 'page:scheme' as const,
  index: indexAt(number),
  x,
  y,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
});

/** What stands at a place, as one that is numbered. */
export type Drawn = (number: number) => SchemeRecord;

export const injection =
  (code: string, amount: number, at: Place, more: Partial<Of<'injection'>['props']> = {}): Drawn =>
  (number) => ({
    ...around(number, at),
    type: 'injection',
    props: { ...dose(code, amount), depth: 'intramuscular', tool: 'needle', ...more },
  });

export const points = (
  code: string,
  amount: number,
  places: readonly Place[],
  more: Partial<Of<'injection'>['props']> = {},
): Drawn[] => places.map((at) => injection(code, amount, at, more));

/** The corners are on the page; the first is where it begins. */
const relative = (corners: readonly Place[]): { at: Place; points: { x: number; y: number }[] } => {
  const at = corners[0] ?? [0, 0];
  return { at, points: corners.map(([x, y]) => ({ x: x - at[0], y: y - at[1] })) };
};

export const area =
  (corners: readonly Place[], props: Omit<Of<'area'>['props'], 'points'>): Drawn =>
  (number) => {
    const { at, points: outline } = relative(corners);
    return { ...around(number, at), type: 'area', props: { ...props, points: outline } };
  };

export const cannula =
  (code: string, amount: number, way: readonly Place[]): Drawn =>
  (number) => {
    const { at, points: line } = relative(way);
    return {
      ...around(number, at),
      type: 'path',
      props: { ...dose(code, amount), points: line, kind: 'cannula', depth: 'subcutaneous' },
    };
  };

export const finding =
  (kind: Of<'finding'>['props']['kind'], label: string, at: Place): Drawn =>
  (number) => ({
    ...around(number, at),
    type: 'finding',
    props: { kind, label, radius: 16, hue: 10 },
  });
