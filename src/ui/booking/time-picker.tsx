'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../kit/button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Loading } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { serverNow } from '../trpc/server-clock.ts';
import { PhoneLink } from './clinic-phone.tsx';
import { DayStrip } from './day-strip.tsx';
import { addDays, byDay, daysBetween, noonOf, type Offer, wallOf } from './days.ts';
import { StartList } from './start-list.tsx';
import { useStarts, type VisitWish } from './use-starts.ts';

const weekDays = 7;
/** Weeks read at once: moving on to the next is then instant. */
const stretchWeeks = 2;
const stretchDays = stretchWeeks * weekDays;
/** How far ahead the next free day is looked for, as far as one question to the API may reach. */
const aheadDays = 62;

interface TimePickerProps {
  wish: VisitWish;
  /** IANA zone of the location. */
  zone: string;
  phone: string | null;
  /** The chosen local day, as kept in the address. */
  day: string | null;
  onDay: (day: string) => void;
  pending: number | null;
  onChoose: (start: Offer) => void;
}

/** A week of days with those marked that have starts, and the starts of one. Empty days are stepped over. */
export function TimePicker(props: TimePickerProps) {
  const t = useTranslations('booking');
  const format = useFormat();
  const problem = useProblemText();
  const [today] = useState(() => wallOf(serverNow(), props.zone).day);
  const weekOf = (day: string): number => Math.max(0, Math.floor(daysBetween(today, day) / weekDays));
  const [turnedTo, setTurnedTo] = useState(props.day === null ? null : weekOf(props.day));
  const stretch = Math.floor((turnedTo ?? 0) / stretchWeeks);
  const stretchFrom = addDays(today, stretch * stretchDays);
  const query = useStarts(props.wish, stretchFrom, stretchDays);
  const days = query.data && byDay(query.data.starts, props.zone);
  const free = days ? [...days.keys()].sort() : [];

  const week = turnedTo ?? (free[0] === undefined ? 0 : weekOf(free[0]));
  const weekFrom = addDays(today, week * weekDays);
  const shown = Array.from({ length: weekDays }, (_, index) => addDays(weekFrom, index));
  const chosen = props.day !== null && shown.includes(props.day) ? props.day : firstOf(free, shown);
  const following = free.find((day) => day > (chosen ?? addDays(weekFrom, -1)));

  // Only where nothing free is in sight is it worth looking further.
  const nothingHere = days !== undefined && !free.some((day) => day >= weekFrom);
  const aheadFrom = addDays(stretchFrom, stretchDays);
  const ahead = useStarts(props.wish, aheadFrom, aheadDays, nothingHere);
  const [firstAhead] = ahead.data?.starts ?? [];
  const nextFree = following ?? (firstAhead && wallOf(firstAhead.startsAt, props.zone).day);

  function show(day: string) {
    setTurnedTo(weekOf(day));
    props.onDay(day);
  }

  if (query.isError && !query.data) {
    return <FailureState text={problem(query.error)} onRetry={() => void query.refetch()} />;
  }
  const starts = (chosen !== null && days?.get(chosen)) || [];
  const searching = days === undefined || (nothingHere && ahead.isPending);
  const nothingAtAll = nothingHere && !searching && nextFree === undefined;
  return (
    <>
      <DayStrip
        days={shown}
        counts={days ? new Map([...days].map(([day, list]) => [day, list.length])) : null}
        chosen={chosen}
        onChoose={show}
        onEarlier={week > 0 ? () => setTurnedTo(week - 1) : undefined}
        onLater={nothingAtAll ? undefined : () => setTurnedTo(week + 1)}
      />
      <div className="mt-6">
        <p role="status" className="sr-only" suppressHydrationWarning>
          {!searching &&
            chosen !== null &&
            t('dayLabel', { day: format.longDay(noonOf(chosen), 'UTC'), count: starts.length })}
        </p>
        {searching && <StartsSkeleton />}
        {!searching && starts.length > 0 && chosen !== null && (
          <>
            <h2 className="mb-3 font-semibold first-letter:uppercase" suppressHydrationWarning>
              {format.longDay(noonOf(chosen), 'UTC')}
            </h2>
            <StartList starts={starts} zone={props.zone} pending={props.pending} onChoose={props.onChoose} />
          </>
        )}
        {!searching && starts.length === 0 && (
          <EmptyState
            icon="calendar"
            title={
              nothingAtAll
                ? t('noTimesAtAll')
                : chosen === null
                  ? t('noTimesThisWeek')
                  : t('noTimesThatDay', { day: format.longDay(noonOf(chosen), 'UTC') })
            }
            text={nothingAtAll ? t('noTimesAtAllText') : undefined}
          >
            {nextFree !== undefined && (
              <Button icon="forward" onClick={() => show(nextFree)}>
                {t('nextFreeDay', { day: format.day(noonOf(nextFree), 'UTC') })}
              </Button>
            )}
            {nothingAtAll && props.phone !== null && <PhoneLink phone={props.phone} />}
          </EmptyState>
        )}
      </div>
    </>
  );
}

const firstOf = (free: readonly string[], shown: readonly string[]): string | null =>
  shown.find((day) => free.includes(day)) ?? null;

const bones = Array.from({ length: 9 }, (_, index) => `bone-${index}`);

function StartsSkeleton() {
  return (
    <Loading>
      <div className="mb-5 h-5 w-40 rounded-sm kit-bone" />
      <div className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {bones.map((key) => (
          <div key={key} className="h-12 rounded-md kit-bone" />
        ))}
      </div>
    </Loading>
  );
}
