'use client';

import { Menu } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { WeeklyInput } from '../../domain/hours.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { DayHours, nextInterval } from './day-hours.tsx';
import { type Weekday, weekdays } from './weekdays.ts';

function CopyMenu({ weekday, onCopy }: { weekday: Weekday; onCopy: (days: readonly number[]) => void }) {
  const t = useTranslations('hours');
  const others = weekdays.filter((day) => day !== weekday);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <IconButton icon="copy" label={t('copyDay', { day: t(`weekdays.${weekday}`) })} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('copyTo')}</Menu.Label>
        <Menu.Item onClick={() => onCopy([1, 2, 3, 4, 5])}>{t('copyWeekdays')}</Menu.Item>
        <Menu.Item onClick={() => onCopy(weekdays)}>{t('copyAll')}</Menu.Item>
        <Menu.Divider />
        {others.map((day) => (
          <Menu.Item key={day} onClick={() => onCopy([day])}>
            {t(`weekdays.${day}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Seven rows: several stretches a day, breaks in them, and a day copied to others. Errors by `weekly.N.field`. */
export function WeekEditor(props: {
  weekly: WeeklyInput;
  onChange: (weekly: WeeklyInput) => void;
  errorAt: (path: string) => React.ReactNode;
}) {
  const t = useTranslations('hours');
  const { weekly, onChange, errorAt } = props;
  const copy = (from: Weekday, days: readonly number[]) => {
    const model = weekly.filter(({ weekday }) => weekday === from);
    const targets = days.filter((day) => day !== from);
    onChange([
      ...weekly.filter(({ weekday }) => !targets.includes(weekday)),
      ...targets.flatMap((weekday) => model.map((hours) => ({ ...structuredClone(hours), weekday }))),
    ]);
  };
  return (
    <div className="divide-y divide-line border-y border-line">
      {weekdays.map((weekday) => {
        const day = t(`weekdays.${weekday}`);
        const rows = weekly
          .map((hours, index) => ({ hours, index }))
          .filter(({ hours }) => hours.weekday === weekday);
        return (
          // biome-ignore lint/a11y/useSemanticElements: a row of a week, laid out as one
          <div
            key={weekday}
            role="group"
            aria-label={day}
            className="grid grid-cols-[1fr_auto] items-start gap-x-3 gap-y-1 py-1.5 sm:grid-cols-[7rem_1fr_auto]"
          >
            <span className="pt-1.5 font-medium">{day}</span>
            <div className="flex min-w-0 flex-col gap-1.5 max-sm:col-span-2 max-sm:row-start-2">
              {rows.length === 0 && <span className="pt-1.5 text-soft">{t('closedDay')}</span>}
              {rows.map(({ hours, index }) => (
                <DayHours
                  key={index}
                  day={day}
                  interval={hours}
                  withBreaks
                  onChange={(changed) =>
                    onChange(weekly.map((each, at) => (at === index ? { ...changed, weekday } : each)))
                  }
                  onRemove={() => onChange(weekly.filter((_, at) => at !== index))}
                  errorAt={(field) => errorAt(`weekly.${index}.${field}`)}
                />
              ))}
            </div>
            <div className="flex items-center">
              <IconButton
                icon="plus"
                label={`${t('addHours')}: ${day}`}
                onClick={() =>
                  onChange([...weekly, { ...nextInterval(rows.map(({ hours }) => hours)), weekday }])
                }
              />
              <CopyMenu weekday={weekday} onCopy={(days) => copy(weekday, days)} />
            </div>
          </div>
        );
      })}
    </div>
  );
}
