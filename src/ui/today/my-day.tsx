'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { asAppointmentStatus, statusMarks } from '../calendar/status.ts';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { newDrawingHref } from '../zones/card/address.ts';
import type { TodayVisit } from './types.ts';
import { isAhead, useTodayActions } from './use-today-actions.ts';
import { When } from './when.tsx';

/** A specialist's day as cards with big targets: one tap to the client, one to begin. */
export function MyDay({ visits, now }: { visits: readonly TodayVisit[]; now: number }) {
  const t = useTranslations('today');
  const [earlierShown, showEarlier] = useState(false);
  const ahead = visits.filter((visit) => isAhead(visit, now));
  const earlier = visits.length - ahead.length;
  const shown = earlierShown ? visits : ahead;
  return (
    <section aria-labelledby="my-day">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="my-day" className="text-base font-semibold">
          {t('myDay')}
        </h2>
        {earlier > 0 && !earlierShown && (
          <Button variant="subtle" onClick={() => showEarlier(true)}>
            {t('earlier', { count: earlier })}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState icon="check" title={t('myDayEmpty')} text={t('myDayEmptyText')} />
      ) : (
        <ol className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {shown.map((visit) => (
            <li key={visit.appointmentId}>
              <DayCard visit={visit} now={now} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function DayCard({ visit, now }: { visit: TodayVisit; now: number }) {
  const t = useTranslations();
  const format = useFormat();
  const actions = useTodayActions();
  const status = asAppointmentStatus(visit.status);
  const { tone, icon } = statusMarks[status];
  const name = visit.client?.name ?? t('calendar.busy');
  const services = visit.items
    .map(({ serviceName, techniqueNames }) => [serviceName, ...techniqueNames].join(', '))
    .join(' + ');
  const mayStart =
    visit.mayEdit && ['booked', 'confirmed', 'arrived'].includes(status) && visit.chair !== 'in_progress';
  return (
    <article
      className="flex h-full flex-col gap-3 rounded-md border border-line bg-surface p-4"
      style={{ borderLeft: `4px solid var(--hue-${visit.items[0]?.hue ?? 1})` }}
      data-today={visit.appointmentId}
    >
      <header className="flex items-start justify-between gap-3">
        <p data-tabular className="text-lg font-semibold">
          {format.time(new Date(visit.startsAt), visit.timeZone)}–
          {format.time(new Date(visit.endsAt), visit.timeZone)}
          <span className="block text-sm font-normal">
            <When visit={visit} now={now} />
          </span>
        </p>
        <StatusMark tone={tone} icon={icon}>
          {t(`calendar.statuses.${status}`)}
        </StatusMark>
      </header>
      <div className="flex min-w-0 flex-1 items-start gap-3">
        {visit.client !== null && <PersonMark name={name} hue={hueOf(visit.client.id)} size={40} />}
        <div className="min-w-0">
          <p className="truncate text-base font-medium">{name}</p>
          <p className="text-sm text-soft">{services}</p>
          {visit.note !== null && <p className="mt-1 text-sm">{visit.note}</p>}
        </div>
      </div>
      <footer className="flex flex-wrap gap-2">
        {mayStart && (
          <Button
            className="min-h-11 flex-1"
            loading={actions.pendingId === visit.appointmentId}
            onClick={() => actions.start(visit)}
          >
            {t('today.start')}
          </Button>
        )}
        {visit.client !== null && visit.mayEdit && visit.chair === 'in_progress' && (
          <Button
            className="min-h-11 flex-1"
            component={Link}
            href={newDrawingHref(visit.client.id, visit.visitId)}
          >
            {t('today.draw')}
          </Button>
        )}
        {visit.client !== null && (
          <Button
            className="min-h-11 flex-1"
            variant="default"
            component={Link}
            href={`/clients/${visit.client.id}`}
          >
            {t('today.client')}
          </Button>
        )}
        <Button
          className="min-h-11"
          variant="default"
          component={Link}
          href={`/calendar?visit=${visit.appointmentId}`}
        >
          {t('today.details')}
        </Button>
      </footer>
    </article>
  );
}
