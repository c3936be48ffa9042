'use client';

import { useTranslations } from 'next-intl';
import type { WeeklyInput } from '../../domain/hours.ts';
import { clockText } from '../settings/time-field.tsx';
import { weekdays } from './weekdays.ts';

interface Bar {
  from: number;
  to: number;
  isBreak: boolean;
}
const day = 1440;

/** What of the week falls on one day: the day's own hours and the tail of the night before. */
function barsOf(weekly: WeeklyInput, weekday: number): Bar[] {
  const bars: Bar[] = [];
  const put = (from: number, to: number, isBreak: boolean) => {
    if (Number.isFinite(from + to) && from < to) bars.push({ from, to, isBreak });
  };
  const before = weekday === 1 ? 7 : weekday - 1;
  for (const hours of weekly) {
    const isOvernight = hours.endMinute < hours.startMinute;
    if (hours.weekday === weekday) put(hours.startMinute, isOvernight ? day : hours.endMinute, false);
    if (hours.weekday === before && isOvernight) put(0, hours.endMinute, false);
    for (const pause of hours.breaks) {
      const isMorningAfter = isOvernight && pause.startMinute < hours.startMinute;
      if (hours.weekday === (isMorningAfter ? before : weekday))
        put(pause.startMinute, pause.endMinute, true);
    }
  }
  return bars;
}

const percent = (minute: number): string => `${(minute / day) * 100}%`;
const marks = [0, 6, 12, 18, 24];

/** The week as seven bars from midnight to midnight; breaks are gaps. A picture only: the rows beside it say the same in figures. */
export function WeekStrip({ weekly }: { weekly: WeeklyInput }) {
  const t = useTranslations('hours');
  return (
    <figure className="m-0">
      <figcaption className="sr-only">{t('week')}</figcaption>
      <div className="ml-9 flex justify-between pb-1 text-xs text-soft" data-tabular aria-hidden="true">
        {marks.map((hour) => (
          <span key={hour} className="-mx-2 w-4 text-center">
            {hour}
          </span>
        ))}
      </div>
      <div className="flex flex-col gap-1">
        {weekdays.map((weekday) => {
          const bars = barsOf(weekly, weekday);
          const words = bars
            .filter(({ isBreak }) => !isBreak)
            .map(({ from, to }) => `${clockText(from)}–${clockText(to)}`)
            .join(', ');
          return (
            <div key={weekday} className="flex items-center gap-2">
              <span aria-hidden="true" className="w-7 shrink-0 text-xs text-soft">
                {t(`shortDays.${weekday}`)}
              </span>
              <div
                role="img"
                aria-label={t('strip', {
                  day: t(`weekdays.${weekday}`),
                  hours: words === '' ? t('closedDay') : words,
                })}
                className="relative h-4 flex-1 overflow-hidden rounded-sm bg-sunken"
              >
                {[6, 12, 18].map((hour) => (
                  <span
                    key={hour}
                    className="absolute inset-y-0 w-px bg-line"
                    style={{ left: percent(hour * 60) }}
                  />
                ))}
                {bars.map((bar) => (
                  <span
                    key={`${bar.isBreak} ${bar.from} ${bar.to}`}
                    className={`absolute inset-y-0 ${bar.isBreak ? 'border-x border-accent bg-sunken' : 'rounded-sm bg-accent'}`}
                    style={{ left: percent(bar.from), width: percent(bar.to - bar.from) }}
                  />
                ))}
              </div>
            </div>
          );
        })}
      </div>
    </figure>
  );
}
