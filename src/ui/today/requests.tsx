'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { localDateOf } from '../../domain/zone.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../kit/section.tsx';
import type { TodayRequest } from './types.ts';
import { useTodayActions } from './use-today-actions.ts';

/** Visits that wait for the clinic's yes; their time is kept meanwhile. */
export function Requests({ requests }: { requests: readonly TodayRequest[] }) {
  const t = useTranslations('today');
  const tCalendar = useTranslations('calendar');
  const format = useFormat();
  const actions = useTodayActions();
  return (
    <Section title={t('requests')}>
      {requests.length === 0 ? (
        <p className="text-soft">{t('requestsEmpty')}</p>
      ) : (
        <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
          {requests.map((request) => (
            <li key={request.appointmentId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <span className="min-w-0 flex-1 basis-48">
                <Link
                  href={`/calendar?date=${localDateOf(request.startsAt, request.timeZone)}&visit=${request.appointmentId}`}
                  className="block truncate font-medium text-ink no-underline hover:underline"
                >
                  {request.clientName || tCalendar('busy')}
                </Link>
                <span className="block text-sm" data-tabular>
                  {format.dayTime(new Date(request.startsAt), request.timeZone)}
                </span>
                <span className="block truncate text-sm text-soft">
                  {request.serviceNames.join(' + ')} · {request.specialistNames.join(', ')}
                </span>
                {request.note !== null && <span className="block text-sm text-soft">“{request.note}”</span>}
              </span>
              <span className={request.mayAnswer ? 'flex gap-2' : 'hidden'}>
                <Button
                  variant="light"
                  loading={actions.pendingId === request.appointmentId}
                  onClick={() => actions.answer(request, 'booked')}
                >
                  {t('approve')}
                </Button>
                <Button
                  variant="default"
                  disabled={actions.pendingId === request.appointmentId}
                  onClick={() => actions.answer(request, 'declined')}
                >
                  {t('decline')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
