'use client';

import { useTranslations } from 'next-intl';
import type { Editor } from 'tldraw';
import { areaTechniques, depths, findingKinds, pathKinds } from '../../../domain/scheme/marks.ts';
import { givesProduct } from '../drawing/brush.ts';
import { Icon } from '../../kit/icons.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { Besides } from './besides.ts';
import { ChoiceRow } from './choice-row.tsx';
import { DoseStepper } from './dose-stepper.tsx';
import { LotPicker } from './lot-picker.tsx';
import { type Change, changeFields, useFields } from './mark-fields.ts';
import { MarkNote } from './mark-note.tsx';
import { ProductPicker } from './product-picker.tsx';
import type { Scheme } from './types.ts';

/** What the next mark is made with, or what the selected ones are. */
export function MarkPanel(props: { editor: Editor; scheme: Scheme; besides: Besides }) {
  const { editor, scheme, besides } = props;
  const t = useTranslations('zones.editor');
  const fields = useFields(editor);
  const { kinds, markIds } = fields;
  const change = (next: Change) => changeFields(editor, next);
  const product = scheme.products.find(({ productId }) => productId === fields.productId) ?? null;
  const gives =
    kinds.has('injection') ||
    kinds.has('path') ||
    (kinds.has('area') &&
      (givesProduct(fields.technique) || (fields.productId !== null && markIds.length > 0)));
  const isSelected = markIds.length > 0;
  return (
    <section className="flex flex-col gap-4" aria-label={t('panel')}>
      <div className="flex min-h-9 items-center justify-between gap-2">
        <h2 className="text-base font-semibold">
          {isSelected ? t('mark.selected', { count: markIds.length }) : t('mark.next')}
        </h2>
        {isSelected && (
          <button
            type="button"
            className="inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-md border-0 bg-transparent px-2 text-sm text-danger hover:bg-danger-soft"
            onClick={() => {
              editor.markHistoryStoppingPoint('removed');
              editor.deleteShapes(editor.getSelectedShapeIds());
            }}
          >
            <Icon name="remove" size={18} />
            {t('mark.remove')}
          </button>
        )}
      </div>
      {kinds.has('area') && (
        <ChoiceRow
          label={t('mark.technique')}
          options={areaTechniques.map((value) => ({ value, label: t(`techniques.${value}`) }))}
          value={fields.technique}
          onChange={(technique) => technique && change({ technique })}
        />
      )}
      {gives && (
        <>
          <ProductPicker
            products={scheme.products}
            chosen={fields.productId}
            onChoose={(chosen) => {
              change({ product: chosen });
              // A lot belongs to its product.
              if (chosen?.productId !== fields.productId) besides.forget(markIds);
            }}
          />
          {product && (
            <>
              <DoseStepper dose={fields.dose} unit={product.unit} onChange={(dose) => change({ dose })} />
              <LotPicker product={product} markIds={markIds} besides={besides} />
            </>
          )}
        </>
      )}
      {kinds.has('area') && (
        <>
          <TextField
            label={t('mark.settings')}
            placeholder={t('mark.settingsHint')}
            maxLength={120}
            value={fields.settings}
            onChange={(event) => change({ settings: event.currentTarget.value })}
          />
          <TextField
            label={t('mark.passes')}
            type="number"
            inputMode="numeric"
            min={1}
            max={50}
            value={fields.passes}
            onChange={(event) => {
              const passes = Math.round(Number(event.currentTarget.value));
              if (passes >= 1 && passes <= 50) change({ passes });
            }}
          />
        </>
      )}
      {kinds.has('path') && (
        <ChoiceRow
          label={t('mark.pathKind')}
          options={pathKinds.map((value) => ({ value, label: t(`pathKinds.${value}`) }))}
          value={fields.pathKind}
          onChange={(pathKind) => pathKind && change({ pathKind })}
        />
      )}
      {kinds.has('injection') && (
        <ChoiceRow
          label={t('mark.tool')}
          options={(['needle', 'cannula'] as const).map((value) => ({ value, label: t(`needles.${value}`) }))}
          value={fields.tool}
          onChange={(tool) => tool && change({ tool })}
        />
      )}
      {(kinds.has('injection') || kinds.has('path')) && (
        <ChoiceRow
          label={t('mark.depth')}
          optional
          options={depths.map((value) => ({ value, label: t(`depths.${value}`) }))}
          value={fields.depth}
          onChange={(depth) => change({ depth })}
        />
      )}
      {kinds.has('finding') && (
        <ChoiceRow
          label={t('mark.findingKind')}
          options={findingKinds.map((value) => ({ value, label: t(`findings.${value}`) }))}
          value={fields.findingKind}
          onChange={(findingKind) => findingKind && change({ findingKind })}
        />
      )}
      {(kinds.has('finding') || kinds.has('area')) && (
        <TextField
          label={t('mark.label')}
          maxLength={80}
          value={fields.label}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
      )}
      {isSelected && <MarkNote key={markIds.join()} markIds={markIds} besides={besides} />}
    </section>
  );
}
