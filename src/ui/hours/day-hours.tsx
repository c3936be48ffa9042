'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { TimeField } from '../settings/time-field.tsx';

export interface DayInterval {
  startMinute: number;
  endMinute: number;
  breaks: { startMinute: number; endMinute: number }[];
}

/** The hours that offer themselves next: after what is there, else an ordinary day. */
export function nextInterval(existing: readonly DayInterval[]): DayInterval {
  const last = existing.at(-1);
  if (!last || Number.isNaN(last.endMinute)) return { startMinute: 540, endMinute: 1080, breaks: [] };
  const startMinute = Math.min(last.endMinute + 60, 1380);
  return { startMinute, endMinute: Math.min(startMinute + 180, 1440), breaks: [] };
}

/** A break in the middle of the hours, on the quarter. */
function middleBreak({ startMinute, endMinute }: DayInterval) {
  const length = endMinute < startMinute ? endMinute + 1440 - startMinute : endMinute - startMinute;
  const start = (startMinute + Math.round(length / 2 / 15) * 15) % 1440;
  return { startMinute: start, endMinute: Math.min(start + 30, 1440) };
}

/** One stretch of hours with its breaks. `errorAt` answers for a field relative to the stretch. */
export function DayHours(props: {
  day: string;
  interval: DayInterval;
  withBreaks: boolean;
  onChange: (interval: DayInterval) => void;
  onRemove: () => void;
  errorAt: (field: string) => React.ReactNode;
}) {
  const t = useTranslations('hours');
  const { day, interval, onChange, errorAt } = props;
  const { startMinute, endMinute, breaks } = interval;
  const wordsId = useId();
  const fields = [
    'startMinute',
    'endMinute',
    ...breaks.flatMap((_, index) => [`breaks.${index}.startMinute`, `breaks.${index}.endMinute`]),
  ];
  // The fields are too narrow for words: they are marked, and the words stand under the line.
  const words = [...new Set(fields.map(errorAt).filter((each) => typeof each === 'string'))];
  const complaint = (field: string) =>
    errorAt(field) == null ? {} : { error: true, 'aria-describedby': wordsId };
  const changeBreak = (index: number, changes: Partial<(typeof breaks)[number]>) =>
    onChange({
      ...interval,
      breaks: breaks.map((pause, at) => (at === index ? { ...pause, ...changes } : pause)),
    });
  return (
    <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
      <div className="flex items-start gap-1">
        <TimeField
          className="w-17.5"
          aria-label={t('startOf', { day })}
          value={startMinute}
          {...complaint('startMinute')}
          onChange={(minute) => onChange({ ...interval, startMinute: minute ?? Number.NaN })}
        />
        <span aria-hidden="true" className="pt-1.5">
          –
        </span>
        <TimeField
          className="w-17.5"
          aria-label={t('endOf', { day })}
          value={endMinute}
          {...complaint('endMinute')}
          onChange={(minute) => onChange({ ...interval, endMinute: minute ?? Number.NaN })}
        />
        <IconButton icon="close" label={t('removeHoursOf', { day })} onClick={props.onRemove} />
        {endMinute < startMinute && <span className="pt-1.5 text-sm text-soft">{t('overnight')}</span>}
      </div>
      {breaks.map((pause, index) => (
        <div
          // Breaks have no identity of their own: they are their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          className="flex items-start gap-1"
        >
          <span className="pt-1.5 pr-1 text-sm text-soft">{t('break')}</span>
          <TimeField
            className="w-17.5"
            aria-label={t('breakStartOf', { day })}
            value={pause.startMinute}
            {...complaint(`breaks.${index}.startMinute`)}
            onChange={(minute) => changeBreak(index, { startMinute: minute ?? Number.NaN })}
          />
          <span aria-hidden="true" className="pt-1.5">
            –
          </span>
          <TimeField
            className="w-17.5"
            aria-label={t('breakEndOf', { day })}
            value={pause.endMinute}
            {...complaint(`breaks.${index}.endMinute`)}
            onChange={(minute) => changeBreak(index, { endMinute: minute ?? Number.NaN })}
          />
          <IconButton
            icon="close"
            label={t('removeBreakOf', { day })}
            onClick={() => onChange({ ...interval, breaks: breaks.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {props.withBreaks && (
        <Button
          size="xs"
          mt={3}
          variant="subtle"
          color="gray"
          leftSection={<Icon name="plus" size={14} />}
          aria-label={`${t('addBreak')}: ${day}`}
          onClick={() => onChange({ ...interval, breaks: [...breaks, middleBreak(interval)] })}
        >
          {t('break')}
        </Button>
      )}
      {words.length > 0 && (
        <p id={wordsId} className="w-full text-sm text-danger">
          {words.join(' ')}
        </p>
      )}
    </div>
  );
}
