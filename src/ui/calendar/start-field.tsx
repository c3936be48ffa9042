'use client';

import { Button, Skeleton, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addDays } from '../../domain/zone.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { clockOf, instantOf, localDateOf } from './wall.ts';

interface StartFieldProps {
  locationId: string;
  zone: string;
  items: { serviceId: string; techniqueIds: string[]; specialistId: string | null }[] | null;
  movingAppointmentId?: string;
  date: string;
  startsAt: number | null;
  onDate: (date: string) => void;
  onStart: (startsAt: number | null) => void;
}

const lookAheadDays = 14;

/** Looks two weeks ahead, so that an empty day can say when the next free start is. */
export function useStarts(
  props: Pick<StartFieldProps, 'locationId' | 'items' | 'date' | 'movingAppointmentId'>,
) {
  const trpc = useTRPC();
  const { locationId, items, date, movingAppointmentId } = props;
  const query = useQuery({
    ...trpc.booking.starts.queryOptions({
      locationId,
      items: items ?? [],
      fromDate: date,
      days: lookAheadDays,
      ...(movingAppointmentId === undefined ? {} : { movingAppointmentId }),
    }),
    enabled: items !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  const { refetch } = query;
  useLive(['calendar', 'hours'], () => {
    if (items !== null) void refetch();
  });
  return query;
}

/** When: the starts that fit as one tap each, any other time by typing it. */
export function StartField(props: StartFieldProps) {
  const t = useTranslations('calendar.form');
  const format = useFormat();
  const problemText = useProblemText();
  const { zone, date, startsAt, onDate, onStart } = props;
  const { data, isPending, isError, error, isPlaceholderData } = useStarts(props);
  const [typed, setTyped] = useState<string | null>(null);
  const starts = data?.starts ?? [];
  const today = starts.filter((start) => localDateOf(start.startsAt, zone) === date);
  const next = today.length === 0 ? starts[0] : undefined;
  const fits = startsAt !== null && today.some((start) => start.startsAt === startsAt);
  const clock = typed ?? (startsAt === null ? '' : clockOf(startsAt, zone));
  const wrong = typed !== null && typed !== '' && instantOf(date, typed, zone) === null;
  const toDate = (next: string) => {
    onDate(next);
    // The time of day stays, on the other day.
    onStart(startsAt === null ? null : instantOf(next, clockOf(startsAt, zone), zone));
    setTyped(null);
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <div className="flex items-end gap-1">
        <DateInput
          className="min-w-0 flex-1"
          label={t('day')}
          value={date}
          valueFormat="ddd D MMM YYYY"
          onChange={(value) => value !== null && toDate(value)}
          popoverProps={{ withinPortal: true }}
        />
        {/* A phone has room for the date itself; its picker is one touch away. */}
        <span className="flex max-sm:hidden">
          <IconButton icon="chevronLeft" label={t('dayBefore')} onClick={() => toDate(addDays(date, -1))} />
          <IconButton icon="chevronRight" label={t('dayAfter')} onClick={() => toDate(addDays(date, 1))} />
        </span>
        <TextInput
          className="w-24"
          label={t('time')}
          value={clock}
          inputMode="numeric"
          placeholder="09:00"
          error={wrong}
          aria-invalid={wrong}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            onStart(instantOf(date, text, zone));
          }}
          onBlur={() => !wrong && setTyped(null)}
        />
      </div>
      {wrong && (
        <p role="alert" className="text-sm text-danger">
          {t('wrongTime')}
        </p>
      )}
      {props.items === null ? (
        <p className="text-sm text-soft">{t('startsAfterService')}</p>
      ) : isError ? (
        <p role="alert" className="text-sm text-danger">
          {problemText(error)}
        </p>
      ) : isPending ? (
        <Skeleton height={36} />
      ) : (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
          {startsAt !== null && !fits && !wrong && (
            <p role="status" className="mb-2 text-sm text-attention">
              {t('notOffered', { time: format.time(new Date(startsAt), zone) })}
            </p>
          )}
          {today.length > 0 && (
            <div
              role="group"
              aria-label={t('starts')}
              className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-0.5"
            >
              {today.map((start) => (
                <Button
                  key={start.startsAt}
                  size="compact-md"
                  variant={start.startsAt === startsAt ? 'filled' : 'default'}
                  aria-pressed={start.startsAt === startsAt}
                  onClick={() => {
                    setTyped(null);
                    onStart(start.startsAt);
                  }}
                >
                  {format.time(new Date(start.startsAt), zone)}
                </Button>
              ))}
            </div>
          )}
          {today.length === 0 && (
            <p className="text-sm text-soft">
              {t('nothingFree')}{' '}
              {next !== undefined && (
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => {
                    setTyped(null);
                    onDate(localDateOf(next.startsAt, zone));
                    onStart(next.startsAt);
                  }}
                >
                  {t('nextFree', { at: format.dayTime(new Date(next.startsAt), zone) })}
                </Button>
              )}
            </p>
          )}
        </div>
      )}
    </fieldset>
  );
}
