'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { sameClock } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';

const noChanges = () => () => undefined;

/** The zone of the reader's device; unknown while the server renders. */
export const useViewerZone = (): string | null =>
  useSyncExternalStore(
    noChanges,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );

/**
 * An instant on the clinic's clock; with `viewer` also on the reader's own where that differs.
 * `zone` is the location's IANA zone.
 */
export function TimeText(props: {
  at: Date;
  zone: string;
  form?: 'time' | 'day' | 'dayTime' | 'longDay';
  viewer?: boolean;
}) {
  const t = useTranslations('shell');
  const format = useFormat();
  const viewerZone = useViewerZone();
  const write = format[props.form ?? 'dayTime'];
  const differs =
    props.viewer === true && viewerZone !== null && !sameClock(props.at, viewerZone, props.zone);
  // On the same day the hour is all that is news.
  const sameDay =
    viewerZone !== null && format.day(props.at, viewerZone) === format.day(props.at, props.zone);
  const viewerWrite = sameDay ? format.time : write;
  return (
    <span>
      <time className="whitespace-nowrap" dateTime={props.at.toISOString()} suppressHydrationWarning>
        {write(props.at, props.zone)}
      </time>
      {differs && (
        <span className="block text-sm font-normal text-soft">
          {t('viewerTime', { time: viewerWrite(props.at, viewerZone) })}
        </span>
      )}
    </span>
  );
}
