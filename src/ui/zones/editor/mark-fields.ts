/** What the panel shows and changes: of the selected marks where there are some, else of the next one. */
import { useState } from 'react';
import { computed, type Editor, type TLShape, useValue } from 'tldraw';
import { type Brush, brushOf, changeBrush, firstDose, plainHue } from '../drawing/brush.ts';
import type { AnyMarkShape } from '../drawing/mark-shapes.ts';
import type { ProductChoice } from './types.ts';

export type MarkKind = AnyMarkShape['type'];

export const isMarkShape = (shape: TLShape): shape is AnyMarkShape & TLShape =>
  shape.type === 'injection' || shape.type === 'area' || shape.type === 'path' || shape.type === 'finding';

export const selectedMarks = (editor: Editor) => editor.getSelectedShapes().filter(isMarkShape);

export interface Fields extends Omit<Brush, 'product' | 'doses'> {
  productId: string | null;
  kinds: ReadonlySet<MarkKind>;
  /** None: it is about the next mark. */
  markIds: readonly string[];
}

const toolKinds: Readonly<Record<string, MarkKind>> = {
  injection: 'injection',
  area: 'area',
  path: 'path',
  finding: 'finding',
};

/** The first of several stands for them; what is changed then becomes true of all. */
export function fieldsOf(editor: Editor): Fields {
  const marks = selectedMarks(editor);
  const { product, doses: _doses, ...brush } = brushOf(editor).get();
  const [first] = marks;
  if (!first) {
    const kind = toolKinds[editor.getCurrentToolId()];
    return {
      ...brush,
      productId: product?.productId ?? null,
      kinds: new Set(kind === undefined ? [] : [kind]),
      markIds: [],
    };
  }
  const fields: Fields = {
    ...brush,
    productId: null,
    kinds: new Set(marks.map(({ type }) => type)),
    markIds: marks.map(({ id }) => id),
  };
  const given = marks.flatMap((mark) => (mark.type === 'finding' ? [] : (mark.props.given ?? [])))[0];
  if (given) Object.assign(fields, { productId: given.productId, dose: given.dose });
  for (const mark of marks.toReversed()) Object.assign(fields, ownFields(mark));
  return fields;
}

function ownFields(mark: AnyMarkShape): Partial<Fields> {
  switch (mark.type) {
    case 'injection':
      return { depth: mark.props.depth, tool: mark.props.tool };
    case 'path':
      return { depth: mark.props.depth, pathKind: mark.props.kind };
    case 'area': {
      const { technique, settings, passes, label } = mark.props;
      return { technique, settings, passes, label };
    }
    case 'finding':
      return { findingKind: mark.props.kind, label: mark.props.label };
  }
}

const sameFields = (one: Fields, other: Fields): boolean =>
  JSON.stringify({ ...one, kinds: [...one.kinds] }) === JSON.stringify({ ...other, kinds: [...other.kinds] });

/** The same while a mark is only moved: the panel has nothing to do then. */
export function useFields(editor: Editor): Fields {
  const [fields] = useState(() => computed('fields', () => fieldsOf(editor), { isEqual: sameFields }));
  return useValue(fields);
}

export type Change = Partial<Omit<Brush, 'product' | 'doses'>> & { product?: ProductChoice | null };

/** One step of one's own, however many marks it changes. */
export function changeFields(editor: Editor, change: Change): void {
  const marks = selectedMarks(editor);
  const { product, ...rest } = change;
  if (product && rest.dose === undefined) rest.dose = firstDose(brushOf(editor).get(), product);
  const brush: Partial<Brush> = {
    ...rest,
    ...(product === undefined
      ? {}
      : {
          product: product && {
            productId: product.productId,
            name: product.name,
            unit: product.unit,
            hue: product.hue,
          },
        }),
  };
  if (marks.length === 0) return changeBrush(editor, brush);
  // What was chosen for a mark is what the next one is made with, but for its words.
  const { label: _label, ...kept } = brush;
  changeBrush(editor, kept);
  editor.markHistoryStoppingPoint('changed');
  editor.updateShapes(
    marks.map(({ id, type, props }) => ({
      id,
      type,
      props: changedProps(type, props, change, brushOf(editor).get()),
    })),
  );
}

const picked = (values: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function changedProps(type: MarkKind, props: AnyMarkShape['props'], change: Change, brush: Brush): object {
  const own = {
    injection: { depth: change.depth, tool: change.tool },
    path: { depth: change.depth, kind: change.pathKind },
    area: {
      technique: change.technique,
      settings: change.settings,
      passes: change.passes,
      label: change.label,
    },
    finding: { kind: change.findingKind, label: change.label },
  }[type];
  return { ...picked(own), ...(type === 'finding' ? {} : changedGiven(props, change, brush)) };
}

function changedGiven(props: AnyMarkShape['props'], { product, dose }: Change, brush: Brush): object {
  const given = 'given' in props ? props.given : null;
  if (product === null) return { given: null, hue: plainHue };
  if (product !== undefined)
    return {
      given: {
        productId: product.productId,
        productName: product.name.slice(0, 80),
        dose: dose ?? (given?.unit === product.unit ? given.dose : brush.dose),
        unit: product.unit,
      },
      hue: product.hue,
    };
  return dose === undefined || !given ? {} : { given: { ...given, dose } };
}
