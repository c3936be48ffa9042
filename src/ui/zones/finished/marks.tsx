'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isMark, type Mark } from '../../../domain/scheme/marks.ts';
import { fromBelow } from '../../../domain/scheme/order.ts';
import { useDrawingWords } from '../card/words.ts';
import { useMarkWords } from './mark-words.ts';
import type { Revision } from './types.ts';
import { useRegions } from './use-regions.ts';

const firstShown = 12;

/** Every mark with a meaning in the order it was drawn, with its lot and note. A press frames it on the picture. */
export function Marks(props: {
  revision: Revision;
  shownId: string | null;
  onShow: (id: string | null) => void;
}) {
  const t = useTranslations('zones.finished');
  const [all, setAll] = useState(false);
  const regionOf = useRegions(props.revision.backdrop);
  const { records, marks: beside } = props.revision;
  const marks = records.filter(isMark).toSorted(fromBelow);
  const free = records.length - marks.length;
  const hidden = all ? 0 : Math.max(0, marks.length - firstShown);
  if (marks.length === 0) return <p className="text-soft">{t('noMarks')}</p>;
  return (
    <>
      <ol className="-mx-2 grid gap-x-4 sm:grid-cols-2 print:grid-cols-2">
        {marks.map((mark, index) => (
          <MarkRow
            key={mark.id}
            mark={mark}
            region={regionOf(mark)}
            beside={beside.find(({ markId }) => markId === mark.id) ?? null}
            isShown={props.shownId === mark.id}
            onShow={props.onShow}
            // On paper they all stand.
            printOnly={index >= marks.length - hidden}
          />
        ))}
      </ol>
      {(hidden > 0 || free > 0) && (
        <div className="mt-2 flex flex-wrap items-center gap-3 text-sm text-soft">
          {hidden > 0 && (
            <Button variant="subtle" size="sm" data-print="hide" onClick={() => setAll(true)}>
              {t('showAll', { count: hidden })}
            </Button>
          )}
          {free > 0 && <span>{t('free', { count: free })}</span>}
        </div>
      )}
    </>
  );
}

function MarkRow(props: {
  mark: Mark;
  region: string | null | undefined;
  beside: Revision['marks'][number] | null;
  isShown: boolean;
  onShow: (id: string | null) => void;
  printOnly: boolean;
}) {
  const t = useTranslations('zones.finished');
  const words = useMarkWords();
  const { region: regionWord } = useDrawingWords();
  const { mark, region, beside, isShown, onShow } = props;
  const given = words.givenOf(mark);
  const name = words.nameOf(mark);
  // Where it is says more than that it is one more injection; until the map has come, and on photographs, what it is stands alone.
  const where = region == null ? null : regionWord(region);
  const details = [
    ...(where === null ? [] : [name]),
    ...(given === null ? [] : [given.product]),
    ...words.detailsOf(mark),
    ...(beside?.lotNumber ? [t('lot', { number: beside.lotNumber })] : []),
  ];
  return (
    <li className={`min-w-0 ${props.printOnly ? 'hidden print:list-item' : ''}`}>
      <button
        type="button"
        aria-pressed={isShown}
        title={t('show')}
        onClick={() => onShow(isShown ? null : mark.id)}
        className={`flex min-h-11 w-full cursor-pointer items-start gap-3 rounded-md border-0 px-2 py-2 text-left text-ink hover:bg-hover ${
          isShown ? 'bg-accent-soft' : 'bg-transparent'
        }`}
      >
        <span
          aria-hidden="true"
          className="mt-1.5 size-3 shrink-0 rounded-full"
          style={{ backgroundColor: `var(--hue-${mark.props.hue})` }}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1">{where ?? name}</span>
            {given !== null && (
              <span data-tabular className="font-medium whitespace-nowrap">
                {given.dose}
              </span>
            )}
          </span>
          {details.length > 0 && <span className="block text-sm text-soft">{details.join(' · ')}</span>}
          {beside !== null && beside.note !== '' && (
            <span className="mt-0.5 block text-sm whitespace-pre-line">{beside.note}</span>
          )}
        </span>
      </button>
    </li>
  );
}
