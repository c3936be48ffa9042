'use client';

import { Button, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '../kit/section.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { StatusMark, type Tone } from '../kit/status-mark.tsx';
import { useTRPC } from '../trpc/client.ts';
import { useReasonText } from './reason-text.ts';
import { type ImportDetail, type ImportRowLine, shownOutcomes, type ShownOutcome } from './types.ts';

const tones: Record<ShownOutcome, Tone> = {
  created: 'settled',
  updated: 'accent',
  history: 'attention',
  unchanged: 'neutral',
  refused: 'danger',
};
const isShown = (text: string): text is ShownOutcome => shownOutcomes.some((outcome) => outcome === text);

function RowLine({ row }: { row: ImportRowLine }) {
  const t = useTranslations('imports');
  const reasonText = useReasonText();
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <td className="px-4 py-2 text-right text-sm text-soft tabular-nums">{row.rowNumber}</td>
      <td className="px-4 py-2">
        {isShown(row.outcome) && (
          <StatusMark tone={tones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</StatusMark>
        )}
        {row.reason !== null && (
          <span className="mt-1 block max-w-xs text-sm text-soft">{reasonText(row.reason)}</span>
        )}
      </td>
      <td className="px-4 py-2 text-sm [overflow-wrap:anywhere]">
        {row.raw.filter((cell) => cell.trim() !== '').join(' · ')}
      </td>
    </tr>
  );
}

/** The rows themselves, a page at a time, by what becomes of them. */
export function RowTable({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const hasReasons = (batch.counts.refused ?? 0) + (batch.counts.history ?? 0) > 0;
  const [filter, setFilter] = useState<string>(hasReasons ? 'reason' : 'all');
  const [after, setAfter] = useState(0);
  const outcome = isShown(filter) ? filter : null;
  const query = useQuery(
    useTRPC().imports.rows.queryOptions(
      { batchId: batch.id, outcome, onlyWithReason: filter === 'reason', after, limit: 50 },
      { placeholderData: keepPreviousData },
    ),
  );
  const next = query.data?.next ?? null;
  const choices = [
    { value: 'all', label: t('allRows') },
    { value: 'reason', label: t('withReason') },
    ...shownOutcomes
      .filter((each) => (batch.counts[each] ?? 0) > 0)
      .map((value) => ({ value, label: t(`outcomes.${value}`) })),
  ];
  return (
    <Section
      title={t('rowsTitle')}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label={t('filter')}
            data={choices}
            value={filter}
            allowDeselect={false}
            size="xs"
            onChange={(value) => {
              setFilter(value ?? 'all');
              setAfter(0);
            }}
          />
          <Button component="a" href={`/api/imports/${batch.id}/report`} download size="xs" variant="default">
            {t('report')}
          </Button>
        </div>
      }
    >
      {query.data === undefined ? (
        <ListSkeleton rows={6} />
      ) : query.data.rows.length === 0 ? (
        <p className="py-6 text-center text-soft">{t('noRows')}</p>
      ) : (
        <div className="overflow-hidden rounded-md border border-line">
          <table className="w-full border-collapse" aria-label={t('rowsTitle')}>
            <thead>
              <tr className="border-b border-line text-left text-sm text-soft">
                <th scope="col" className="w-16 px-4 py-2 text-right font-medium">
                  {t('rowNumber')}
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {t('outcome')}
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {t('content')}
                </th>
              </tr>
            </thead>
            <tbody>
              {query.data.rows.map((row) => (
                <RowLine key={row.rowNumber} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="mt-3 flex justify-between gap-2">
        {after > 0 ? (
          <Button size="xs" variant="default" onClick={() => setAfter(0)}>
            {t('earlier')}
          </Button>
        ) : (
          <span />
        )}
        {next !== null && (
          <Button size="xs" variant="default" onClick={() => setAfter(next)}>
            {t('later')}
          </Button>
        )}
      </div>
    </Section>
  );
}
