'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { asAppointmentStatus, statusMarks } from '../calendar/status.ts';
import type { Desk } from '../calendar/types.ts';
import { Section } from '../kit/section.tsx';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import type { TodayVisit } from './types.ts';
import { isAhead, useTodayActions } from './use-today-actions.ts';
import { When } from './when.tsx';

/** Everybody still to come, by time; one tap marks who has arrived. */
export function NextVisits({
  desk,
  visits,
  now,
}: {
  desk: Desk;
  visits: readonly TodayVisit[];
  now: number;
}) {
  const t = useTranslations('today');
  const actions = useTodayActions();
  const [earlierShown, showEarlier] = useState(false);
  const ahead = visits.filter((visit) => isAhead(visit, now));
  const earlier = visits.filter((visit) => !isAhead(visit, now));
  const shown = earlierShown ? visits : ahead;
  return (
    <Section
      title={t('next')}
      actions={
        earlier.length > 0 &&
        !earlierShown && (
          <Button variant="subtle" size="compact-sm" onClick={() => showEarlier(true)}>
            {t('earlier', { count: earlier.length })}
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <EmptyState icon="check" title={t('nextEmpty')} text={t('nextEmptyText')} />
      ) : (
        <ol className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
          {shown.map((visit) => (
            <NextRow
              key={visit.appointmentId}
              visit={visit}
              now={now}
              nameOf={(id) => desk.specialists.find((each) => each.id === id)?.name ?? ''}
              onArrive={() => actions.arrive(visit)}
              pending={actions.pendingId === visit.appointmentId}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function NextRow(props: {
  visit: TodayVisit;
  now: number;
  nameOf: (specialistId: string) => string;
  onArrive: () => void;
  pending: boolean;
}) {
  const t = useTranslations();
  const format = useFormat();
  const { visit } = props;
  const status = asAppointmentStatus(visit.status);
  const { tone, icon } = statusMarks[status];
  const specialists = [...new Set(visit.items.map(({ specialistId }) => props.nameOf(specialistId)))].join(
    ', ',
  );
  const mayArrive = visit.mayEdit && (status === 'booked' || status === 'confirmed');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5" data-today={visit.appointmentId}>
      <span className="w-16 shrink-0" data-tabular>
        <span className="block font-semibold">{format.time(new Date(visit.startsAt), visit.timeZone)}</span>
        <span className="block text-xs">
          <When visit={visit} now={props.now} />
        </span>
      </span>
      <span className="min-w-0 flex-1 basis-40">
        <Link
          href={`/calendar?visit=${visit.appointmentId}`}
          className="block truncate font-medium text-ink no-underline hover:underline"
        >
          {visit.client?.name ?? t('calendar.busy')}
        </Link>
        <span className="block truncate text-sm text-soft">
          {visit.items.map(({ serviceName }) => serviceName).join(' + ')} · {specialists}
        </span>
      </span>
      <span className="flex items-center gap-2">
        <StatusMark tone={tone} icon={icon}>
          {t(`calendar.statuses.${status}`)}
        </StatusMark>
        {mayArrive && (
          <Button variant="default" size="compact-md" loading={props.pending} onClick={props.onArrive}>
            {t('today.arrived')}
          </Button>
        )}
      </span>
    </li>
  );
}
