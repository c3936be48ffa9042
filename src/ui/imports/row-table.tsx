'use client';

import { Button, Select } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '../kit/section.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { StatusMark, type Tone } from '../kit/status-mark.tsx';
import { useProvenDownload } from '../kit/use-proven-download.ts';
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

const columns = 'gap-x-4 gap-y-1 px-4 py-2 sm:grid sm:grid-cols-[4rem_minmax(10rem,18rem)_1fr]';

function RowLine({ row }: { row: ImportRowLine }) {
  const t = useTranslations('imports');
  const reasonText = useReasonText();
  return (
    <li className={`flex flex-col ${columns}`}>
      <span className="text-sm text-soft tabular-nums sm:text-right">
        <span className="sm:sr-only">{t('rowNumber')} </span>
        {row.rowNumber}
      </span>
      <span className="min-w-0">
        {isShown(row.outcome) && (
          <StatusMark tone={tones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</StatusMark>
        )}
        {row.reason !== null && (
          <span className="mt-1 block text-sm text-soft">{reasonText(row.reason)}</span>
        )}
      </span>
      <span className="min-w-0 text-sm [overflow-wrap:anywhere]">
        {row.raw.filter((cell) => cell.trim() !== '').join(' · ')}
      </span>
    </li>
  );
}

/** The rows themselves, a page at a time, by what becomes of them. */
export function RowTable({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const hasReasons = (batch.counts.refused ?? 0) + (batch.counts.history ?? 0) > 0;
  const [filter, setFilter] = useState<string>(hasReasons ? 'reason' : 'all');
  const [after, setAfter] = useState(0);
  const outcome = isShown(filter) ? filter : null;
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.imports.mayExport.mutationOptions());
  const report = useProvenDownload(mutateAsync, `/api/imports/${batch.id}/report`);
  const query = useQuery(
    trpc.imports.rows.queryOptions(
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
          <Button loading={report.isAsking} onClick={report.start} size="xs" variant="default">
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
        <div className="rounded-md border border-line">
          <div
            aria-hidden="true"
            className={`hidden border-b border-line text-sm font-medium text-soft ${columns}`}
          >
            <span className="text-right">{t('rowNumber')}</span>
            <span>{t('outcome')}</span>
            <span>{t('content')}</span>
          </div>
          <ul aria-label={t('rowsTitle')} className="divide-y divide-line">
            {query.data.rows.map((row) => (
              <RowLine key={row.rowNumber} row={row} />
            ))}
          </ul>
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
