/** What the next mark is made with: chosen beside the drawing, read by the tools. */
import { type Atom, atom, type Editor } from 'tldraw';
import type {
  areaTechniques,
  Depth,
  DoseUnit,
  findingKinds,
  Given,
  pathKinds,
} from '../../../domain/scheme/marks.ts';

export interface Brush {
  product: { productId: string; name: string; unit: DoseUnit; hue: number } | null;
  dose: number;
  /** By product: what it was last given in. */
  doses: Readonly<Record<string, number>>;
  depth: Depth | null;
  tool: 'needle' | 'cannula';
  technique: (typeof areaTechniques)[number];
  settings: string;
  passes: number;
  pathKind: (typeof pathKinds)[number];
  findingKind: (typeof findingKinds)[number];
  /** Words of a finding or an area. */
  label: string;
}

/** The hue of marks that say no product: warm for what was seen, quiet for the rest. */
export const findingHue = 9;
export const plainHue = 10;

const first: Brush = {
  product: null,
  dose: 1,
  doses: {},
  depth: null,
  tool: 'needle',
  technique: 'laser',
  settings: '',
  passes: 1,
  pathKind: 'cannula',
  findingKind: 'other',
  label: '',
};

const kept = new WeakMap<Editor, Atom<Brush>>();

export function brushOf(editor: Editor): Atom<Brush> {
  const before = kept.get(editor);
  if (before) return before;
  const made = atom('brush', first);
  kept.set(editor, made);
  return made;
}

export const changeBrush = (editor: Editor, change: Partial<Brush>): void => {
  brushOf(editor).update((brush) => {
    const next = { ...brush, ...change };
    if (next.product && change.dose !== undefined)
      next.doses = { ...next.doses, [next.product.productId]: change.dose };
    return next;
  });
};

export const givenOf = ({ product, dose }: Brush): Given =>
  product === null
    ? null
    : { productId: product.productId, productName: product.name.slice(0, 80), dose, unit: product.unit };

export const hueOf = ({ product }: Brush): number => product?.hue ?? plainHue;

/** Light and heat bring nothing in: such an area is drawn without a product, whatever is in the hand. */
export const givesProduct = (technique: Brush['technique']): boolean =>
  technique !== 'laser' && technique !== 'radiofrequency';

/** What an area is drawn with. */
export const areaGiven = (brush: Brush): { given: Given; hue: number } =>
  givesProduct(brush.technique)
    ? { given: givenOf(brush), hue: hueOf(brush) }
    : { given: null, hue: plainHue };

/** So much one press changes a dose by. */
export const doseStep = (unit: DoseUnit): number => (unit === 'U' ? 1 : 0.05);

/** As it was last given in this drawing, else the least that is usual. */
export const firstDose = ({ doses }: Brush, product: { productId: string; unit: DoseUnit }): number =>
  doses[product.productId] ?? (product.unit === 'U' ? 1 : 0.1);

/** Never nothing, never more than a mark may hold, and without the crumbs of sums in binary. */
export const boundedDose = (dose: number): number =>
  Math.min(1_000, Math.max(0.01, Math.round(dose * 100) / 100));

/** One press up or down; below one unit by tenths, so that small doses are reached as well. */
export function steppedDose(dose: number, unit: DoseUnit, direction: 1 | -1): number {
  const step = unit === 'U' && (dose < 1 || (dose === 1 && direction < 0)) ? 0.1 : doseStep(unit);
  const next = boundedDose(dose + direction * step);
  return unit === 'ml' ? Math.max(0.05, next) : Math.max(0.1, next);
}
