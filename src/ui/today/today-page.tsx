'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import type { Desk, DeskRights } from '../calendar/types.ts';
import { useNow } from '../calendar/use-now.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { FailureState } from '../kit/states.tsx';
import { useLiveQuery } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { Failures } from './failures.tsx';
import { FreeToday } from './free-today.tsx';
import { MyDay } from './my-day.tsx';
import { NextVisits } from './next-visits.tsx';
import { Requests } from './requests.tsx';

const topics = ['calendar', 'hours', 'people', 'catalogue', 'client', 'message', 'settings'];

/** The first page of the day. The desk sees the house; a specialist without the desk's rights sees their own day as cards. */
export function TodayPage({ desk, rights }: { desk: Desk; rights: DeskRights }) {
  const t = useTranslations('today');
  const format = useFormat();
  const trpc = useTRPC();
  const problemText = useProblemText();
  const now = useNow();
  const { data, isPending, error, refetch } = useQuery(trpc.booking.today.queryOptions());
  useLiveQuery(topics, trpc.booking.today.queryKey());
  const zone = desk.locations[0]?.timeZone ?? 'UTC';
  const ownDay = !rights.editAll && rights.specialistId !== null;
  const live = data?.visits.filter(({ status }) => status !== 'no_show') ?? [];
  const left =
    now === null ? 0 : live.filter(({ endsAt, status }) => endsAt > now && status !== 'fulfilled').length;
  return (
    <>
      <PageHeader
        title={
          <span className="block first-letter:uppercase">
            {now === null ? t('title') : format.longDay(new Date(now), zone)}
          </span>
        }
        lead={
          data === undefined
            ? undefined
            : live.length === 0
              ? t('nothingBooked')
              : t('allDone', { count: live.length, left })
        }
        actions={
          <Button component={Link} href="/calendar" variant="default">
            {t('openCalendar')}
          </Button>
        }
      />
      {isPending || now === null ? (
        <ListSkeleton rows={6} />
      ) : data === undefined ? (
        <FailureState text={problemText(error)} onRetry={() => void refetch()} />
      ) : ownDay ? (
        <div className="flex flex-col gap-6">
          {data.requests.length > 0 && <Requests requests={data.requests} />}
          <MyDay visits={data.visits} now={now} />
        </div>
      ) : (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <NextVisits desk={desk} visits={data.visits} now={now} />
          <div className="flex flex-col gap-6">
            <Requests requests={data.requests} />
            <FreeToday
              free={data.free}
              severalPlaces={data.locations.length > 1}
              locations={data.locations}
              rights={rights}
            />
            {data.failures !== null && <Failures failures={data.failures} zone={zone} />}
          </div>
        </div>
      )}
    </>
  );
}
