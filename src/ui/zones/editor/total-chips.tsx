'use client';

import { useTranslations } from 'next-intl';
import { type Editor, useValue } from 'tldraw';
import { totalsBy, totalsOf } from '../../../domain/scheme/totals.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { marksOf } from '../drawing/records.ts';
import type { Scheme } from './types.ts';

const shown = 4;

/** What has been given so far, in a corner of the paper: where the panel has no place beside it. */
export function TotalChips(props: { editor: Editor; scheme: Scheme; onOpen: () => void }) {
  const { editor } = props;
  const t = useTranslations('zones.editor');
  const format = useFormat();
  const marks = useValue('marks', () => marksOf(editor), [editor]);
  const sums = totalsBy(totalsOf(marks, { lotOf: () => null, regionOf: () => null }), []);
  if (sums.length === 0) return null;
  const hues = new Map(props.scheme.products.map(({ productId, hue }) => [productId, hue]));
  return (
    <button
      type="button"
      onClick={props.onOpen}
      title={t('totals.title')}
      className="pointer-events-auto flex min-h-11 max-w-full self-start cursor-pointer flex-wrap items-center gap-x-3 rounded-md border border-line bg-surface/95 px-3 text-sm text-ink lg:hidden"
    >
      <span className="sr-only">{t('totals.title')}</span>
      {sums.slice(0, shown).map(({ productId, productName, unit, doseHundredths }) => (
        <span key={`${productId} ${unit}`} className="inline-flex items-center gap-1.5 tabular-nums">
          <span
            aria-hidden="true"
            className="size-2.5 rounded-full"
            style={{ background: `var(--hue-${hues.get(productId) ?? 10})` }}
          />
          <span className="sr-only">{productName}</span>
          <strong className="font-semibold">
            {t('amount', { dose: format.number(doseHundredths / 100), unit })}
          </strong>
        </span>
      ))}
      {sums.length > shown && <span className="text-soft">+{sums.length - shown}</span>}
    </button>
  );
}
