'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { asAppointmentStatus } from './status.ts';
import type { AppointmentDetail } from './types.ts';

type Step = AppointmentDetail['trail'][number];

/** Everything that has happened to a visit, the latest first. */
export function VisitTrail({
  trail,
  zone,
  appointmentId,
  name,
}: {
  trail: readonly Step[];
  zone: string;
  appointmentId: string;
  /** What the visit is called on the page of its history. */
  name: string;
}) {
  const t = useTranslations('calendar');
  const format = useFormat();
  const what = (step: Step): string =>
    step.previousStartsAt === null
      ? t(`statuses.${asAppointmentStatus(step.to)}`)
      : t('visit.movedFrom', { at: format.dayTime(new Date(step.previousStartsAt), zone) });
  const who = (step: Step): string =>
    step.by ??
    (step.byKind === 'system'
      ? t('visit.bySystem')
      : step.byKind === 'staff'
        ? t('visit.byStaff')
        : t('visit.byClient'));
  if (trail.length === 0) return null;
  return (
    <section aria-labelledby="visit-trail" className="border-t border-line pt-3">
      <div className="mb-2 flex items-center justify-between gap-2">
        <h3 id="visit-trail" className="text-sm font-medium text-soft">
          {t('visit.trail')}
        </h3>
        <HistoryLink recordId={appointmentId} name={name} />
      </div>
      <ol className="flex flex-col gap-2">
        {[...trail].reverse().map((step) => (
          <li key={step.id} className="text-sm">
            <span className="font-medium">{what(step)}</span>
            <span className="text-soft">
              {' · '}
              {format.dayTime(step.at, zone)} · {who(step)}
            </span>
            {step.reason !== null && <span className="block text-soft">“{step.reason}”</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
