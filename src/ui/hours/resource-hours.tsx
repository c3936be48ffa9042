'use client';

import { Alert, Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { Section } from '../kit/section.tsx';
import { EmptyState } from '../kit/states.tsx';
import { Answered } from '../settings/query-states.tsx';
import { VisitsList } from '../settings/visits-list.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ExceptionsSection } from './exceptions-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import { ScheduleForm, type ScheduleValues } from './schedule-form.tsx';
import { useValidity } from './use-validity.ts';

type Outputs = inferRouterOutputs<AppRouter>['hours'];
export type ResourceHoursData = Outputs['resource'];
export type ScheduleRow = ResourceHoursData['schedules'][number];
export type HoursLocation = Outputs['list']['locations'][number];

const ordinaryWeek = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  startMinute: 540,
  endMinute: 1080,
  breaks: [{ startMinute: 780, endMinute: 840 }],
}));

const isNow = (schedule: ScheduleRow, today: string): boolean =>
  (schedule.validFrom ?? '') <= today && today <= (schedule.validUntil ?? '9999');

/** The weeks over time, one shown for editing; a new one begins from the one in force. */
function Schedules({ data, locations }: { data: ResourceHoursData; locations: readonly HoursLocation[] }) {
  const t = useTranslations('hours');
  const validity = useValidity();
  const { resource, schedules, today } = data;
  const current = schedules.find((schedule) => isNow(schedule, today)) ?? schedules[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const isNew = chosen === 'new';
  const shown = isNew ? null : (schedules.find(({ scheduleId }) => scheduleId === chosen) ?? current ?? null);
  const label = (schedule: ScheduleRow): string => {
    const where =
      locations.length > 1 ? locations.find(({ id }) => id === schedule.locationId)?.name : undefined;
    return where === undefined ? validity(schedule) : `${validity(schedule)} · ${where}`;
  };
  const initial: ScheduleValues = shown
    ? {
        locationId: shown.locationId,
        validFrom: shown.validFrom,
        validUntil: shown.validUntil,
        weekly: shown.weekly,
      }
    : {
        locationId: current?.locationId ?? resource.locationId,
        validFrom: current === undefined ? null : today,
        validUntil: null,
        weekly: current?.weekly ?? ordinaryWeek,
      };
  return (
    <Section
      title={t('weekly')}
      actions={
        schedules.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setChosen('new')}
          >
            {t('newScheduleFrom')}
          </Button>
        )
      }
    >
      {(schedules.length > 1 || (isNew && schedules.length > 0)) && (
        <SegmentedControl
          className="mb-4 max-w-full overflow-x-auto"
          value={isNew ? 'new' : (shown?.scheduleId ?? '')}
          onChange={setChosen}
          data={[
            ...schedules.map((schedule) => ({ value: schedule.scheduleId, label: label(schedule) })),
            ...(isNew ? [{ value: 'new', label: t('newSchedule') }] : []),
          ]}
        />
      )}
      {shown === null && !isNew ? (
        <EmptyState
          icon="clock"
          title={t('noSchedule')}
          text={
            resource.kind === 'specialist'
              ? t('noScheduleSpecialist', { name: resource.name })
              : t('noScheduleRoom')
          }
        >
          <Button onClick={() => setChosen('new')}>{t('newSchedule')}</Button>
        </EmptyState>
      ) : (
        <ScheduleForm
          key={shown?.scheduleId ?? 'new'}
          resourceId={resource.id}
          isSpecialist={resource.kind === 'specialist'}
          known={shown}
          initial={initial}
          locations={locations}
          onDone={setChosen}
        />
      )}
    </Section>
  );
}

/** Everything about when one person, room or device is there. */
export function ResourceHours(props: { resourceId: string; locations: readonly HoursLocation[] }) {
  const t = useTranslations('hours');
  const trpc = useTRPC();
  const hours = useQuery(trpc.hours.resource.queryOptions({ resourceId: props.resourceId }));
  return (
    <Answered query={hours} shape="form" backHref="/settings/hours">
      {(data) => (
        <>
          <PageHeader
            title={data.resource.name}
            lead={t('lead')}
            actions={<HistoryLink recordId={data.resource.id} name={data.resource.name} />}
          />
          <div className="flex flex-col gap-6">
            {data.outside.length > 0 && (
              <Alert
                color="yellow"
                icon={<Icon name="attention" />}
                title={t('outsideTitle', { count: data.outside.length })}
              >
                <p>{t('outsideText')}</p>
                <VisitsList
                  visits={data.outside.slice(0, 10)}
                  total={data.outside.length}
                  zone={data.timeZone}
                />
              </Alert>
            )}
            <Schedules data={data} locations={props.locations} />
            <ExceptionsSection data={data} />
            <LeaveSection data={data} />
          </div>
        </>
      )}
    </Answered>
  );
}
