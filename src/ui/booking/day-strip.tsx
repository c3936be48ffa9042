'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { noonOf } from './days.ts';

/** Seven days side by side. They are radio buttons: one stop for the Tab key, arrows inside. */
export function DayStrip(props: {
  days: readonly string[];
  /** Free starts by day; null while they are on their way. */
  counts: ReadonlyMap<string, number> | null;
  chosen: string | null;
  onChoose: (day: string) => void;
  onEarlier: (() => void) | undefined;
  onLater: (() => void) | undefined;
}) {
  const t = useTranslations('booking');
  const format = useFormat();
  const [first = '', last = first] = [props.days[0], props.days.at(-1)];
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('chooseDay')}</legend>
      <div className="mb-2 flex items-center gap-1">
        <p className="min-w-0 flex-1 font-medium" suppressHydrationWarning>
          {t('dayRange', { from: format.day(noonOf(first), 'UTC'), to: format.day(noonOf(last), 'UTC') })}
        </p>
        <IconButton
          icon="chevronLeft"
          label={t('earlier')}
          disabled={props.onEarlier === undefined}
          onClick={props.onEarlier}
        />
        <IconButton
          icon="chevronRight"
          label={t('later')}
          disabled={props.onLater === undefined}
          onClick={props.onLater}
        />
      </div>
      <div className="grid grid-cols-7 gap-1">
        {props.days.map((day) => {
          const count = props.counts?.get(day) ?? 0;
          return (
            <label
              key={day}
              className={`flex min-h-16 flex-col items-center justify-center rounded-md border py-1 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${
                day === props.chosen
                  ? 'border-accent bg-accent text-on-accent'
                  : count > 0
                    ? 'cursor-pointer border-line-strong bg-surface hover:bg-hover'
                    : 'border-transparent text-soft'
              }`}
            >
              <input
                type="radio"
                name="day"
                className="sr-only"
                checked={day === props.chosen}
                disabled={props.counts === null || (count === 0 && day !== props.chosen)}
                onChange={() => props.onChoose(day)}
              />
              <span aria-hidden="true" className="text-xs" suppressHydrationWarning>
                {format.weekday(noonOf(day), 'UTC')}
              </span>
              <span aria-hidden="true" data-tabular className="text-lg font-semibold">
                {Number(day.slice(8))}
              </span>
              <span aria-hidden="true" className={`size-1.5 rounded-full ${count > 0 ? 'bg-current' : ''}`} />
              <span className="sr-only" suppressHydrationWarning>
                {t('dayLabel', { day: format.longDay(noonOf(day), 'UTC'), count })}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
