'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Editor, useValue } from 'tldraw';
import type { Mark } from '../../../domain/scheme/marks.ts';
import { regionOf, type SchemeTemplate } from '../../../domain/scheme/template.ts';
import { totalsBy, totalsOf } from '../../../domain/scheme/totals.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useDrawingWords } from '../card/words.ts';
import { marksOf } from '../drawing/records.ts';
import type { Besides } from './besides.ts';
import type { Scheme } from './types.ts';

const regions = new WeakMap<Mark, string | null>();

/** Looked for once: a mark that is moved is another record. */
function knownRegion(template: SchemeTemplate | null, mark: Mark): string | null {
  const known = regions.get(mark);
  if (known !== undefined) return known;
  const region = regionOf(template, mark);
  regions.set(mark, region);
  return region;
}

const ways = ['product', 'lot', 'region'] as const;

/** What is given, added up as people draw: the function the server uses on finishing. */
export function TotalsPanel(props: {
  editor: Editor;
  scheme: Scheme;
  template: SchemeTemplate | null;
  besides: Besides;
}) {
  const { editor, scheme, template, besides } = props;
  const t = useTranslations('zones.editor');
  const format = useFormat();
  const words = useDrawingWords();
  const [by, setBy] = useState<(typeof ways)[number]>('product');
  const marks = useValue('marks', () => marksOf(editor), [editor]);
  const lines = totalsOf(marks, { lotOf: besides.lotOf, regionOf: (mark) => knownRegion(template, mark) });
  const sums = totalsBy(lines, by === 'lot' ? ['lotId'] : by === 'region' ? ['region'] : []);
  const hues = new Map(scheme.products.map(({ productId, hue }) => [productId, hue]));
  const detail = (line: (typeof sums)[number]): string | null =>
    by === 'lot'
      ? line.lotId === null
        ? t('totals.noLot')
        : (besides.lotNumber(line.lotId) ?? '…')
      : by === 'region'
        ? line.region === null
          ? t('totals.elsewhere')
          : words.region(line.region)
        : t('totals.points', { count: line.markCount });
  return (
    <section aria-label={t('totals.title')} data-totals>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{t('totals.title')}</h2>
        {lines.length > 0 && (
          <div role="group" aria-label={t('totals.by')} className="flex rounded-md bg-sunken p-0.5">
            {ways.map((way) => (
              <button
                key={way}
                type="button"
                aria-pressed={by === way}
                onClick={() => setBy(way)}
                className={`min-h-10 cursor-pointer rounded-md border-0 px-2 text-sm ${by === way ? 'bg-surface font-medium text-ink' : 'bg-transparent text-soft hover:text-ink'}`}
              >
                {t(`totals.${way}`)}
              </button>
            ))}
          </div>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="mt-1 text-sm text-soft">{t('totals.none')}</p>
      ) : (
        <ul className="mt-2 flex list-none flex-col divide-y divide-line p-0" aria-live="polite">
          {sums.map((line) => (
            <li
              key={`${line.productId} ${line.unit} ${line.lotId} ${line.region}`}
              className="flex items-baseline gap-2.5 py-1.5"
            >
              <span
                aria-hidden="true"
                className="size-2.5 shrink-0 rounded-full"
                style={{ background: `var(--hue-${hues.get(line.productId) ?? 10})` }}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{line.productName}</span>
                <span className="block truncate text-sm text-soft">{detail(line)}</span>
              </span>
              <strong className="font-semibold whitespace-nowrap tabular-nums">
                {t('amount', { dose: format.number(line.doseHundredths / 100), unit: line.unit })}
              </strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
