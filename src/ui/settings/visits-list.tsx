'use client';

import type { VisitInTheWay } from '../../domain/refusal.ts';
import { useTranslations } from 'next-intl';
import { TimeText } from '../kit/time-text.tsx';

/** The visits a change met with, so that somebody can move them. */
export function VisitsList({
  visits,
  total,
  zone,
}: {
  visits: readonly (VisitInTheWay & { serviceName?: string })[];
  total: number;
  zone: string;
}) {
  const t = useTranslations('settings');
  return (
    // Long lists scroll by themselves, so that what can be done stays in sight; by keyboard too.
    <ul
      tabIndex={0}
      className="mt-2 max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface text-sm text-ink"
    >
      {visits.map((visit) => (
        <li key={`${visit.appointmentId} ${visit.startsAt}`} className="flex flex-wrap gap-x-4 px-3 py-2">
          <span className="min-w-36" data-tabular>
            <TimeText at={new Date(visit.startsAt)} zone={zone} />
          </span>
          <span className="min-w-36 flex-1">{visit.clientName || t('beingBooked')}</span>
          {visit.serviceName !== undefined && <span className="text-soft">{visit.serviceName}</span>}
        </li>
      ))}
      {total > visits.length && (
        <li className="px-3 py-2 text-soft">{t('andMore', { count: total - visits.length })}</li>
      )}
    </ul>
  );
}
