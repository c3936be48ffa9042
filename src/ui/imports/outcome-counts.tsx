'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../kit/section.tsx';
import { useTRPC } from '../trpc/client.ts';
import { useReasonText } from './reason-text.ts';
import { type ImportDetail, shownOutcomes } from './types.ts';

/** How many rows become what, as one line of figures. */
export function OutcomeCounts({ batch }: { batch: ImportDetail }) {
  const t = useTranslations('imports');
  const format = useFormat();
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-5">
      {shownOutcomes.map((outcome) => {
        const count = batch.counts[outcome] ?? 0;
        const isAlarm = outcome === 'refused' && count > 0;
        return (
          <div key={outcome} className="flex flex-col bg-surface p-4 last:col-span-2 sm:last:col-span-1">
            <dt className="text-sm font-medium">{t(`outcomes.${outcome}`)}</dt>
            <dd
              className={`text-title font-semibold tabular-nums ${count === 0 ? 'text-soft' : isAlarm ? 'text-danger' : ''}`}
            >
              {format.number(count)}
            </dd>
            <dd className="text-sm text-soft">{t(`outcomeHints.${outcome}`)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Why rows are not simply new, the most frequent reason first. */
export function ReasonList({ batchId }: { batchId: string }) {
  const t = useTranslations('imports');
  const reasonText = useReasonText();
  const { data = [] } = useQuery(useTRPC().imports.reasons.queryOptions({ batchId }));
  if (data.length === 0) return null;
  return (
    <Section title={t('reasonsTitle')}>
      <ul className="divide-y divide-line">
        {data.map(({ outcome, reason, count }) => (
          <li key={`${outcome} ${reason}`} className="flex items-baseline justify-between gap-4 py-2">
            <span className="min-w-0">{reasonText(reason)}</span>
            <span className="shrink-0 text-sm text-soft tabular-nums">{t('reasonCount', { count })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
