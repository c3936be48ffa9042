'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { sameClock, zoneCity } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useViewerZone } from '../kit/time-text.tsx';
import { type Offer, partOf, partsOfDay, wallOf } from './days.ts';

/** How a start is written on the clinic's clock and, where it differs, on the reader's own. */
export function useStartText(zone: string) {
  const format = useFormat();
  const viewerZone = useViewerZone();
  const ownZone = (atMs: number): string | null =>
    viewerZone !== null && !sameClock(new Date(atMs), viewerZone, zone) ? viewerZone : null;
  return {
    ownZone,
    time: (atMs: number) => format.time(new Date(atMs), zone),
    /** With its distance from UTC: on the night clocks go back an hour comes twice. */
    exactTime: (atMs: number) => format.exactTime(new Date(atMs), zone),
    own: (atMs: number): string | null => {
      const own = ownZone(atMs);
      if (own === null) return null;
      const sameDay = wallOf(atMs, own).day === wallOf(atMs, zone).day;
      const time = format.time(new Date(atMs), own);
      return sameDay ? time : `${format.weekday(new Date(atMs), own)} ${time}`;
    },
  };
}

interface StartListProps<T extends Offer> {
  starts: readonly T[];
  zone: string;
  /** The start that is being taken; nothing else can be pressed meanwhile. */
  pending: number | null;
  onChoose: (start: T) => void;
}

/** The starts of one day by morning, afternoon and evening. */
export function StartList<T extends Offer>({ starts, zone, pending, onChoose }: StartListProps<T>) {
  const t = useTranslations('booking');
  const text = useStartText(zone);
  const labels = new Map<string, number>();
  for (const { startsAt } of starts)
    labels.set(text.time(startsAt), (labels.get(text.time(startsAt)) ?? 0) + 1);
  const ownZone = starts[0] ? text.ownZone(starts[0].startsAt) : null;
  return (
    <div className="flex flex-col gap-5">
      {ownZone !== null && (
        <p className="text-sm text-soft">
          {t('twoClocks', { clinic: zoneCity(zone), own: zoneCity(ownZone) })}
        </p>
      )}
      {partsOfDay.map((part) => {
        const within = starts.filter(({ startsAt }) => partOf(startsAt, zone) === part);
        if (within.length === 0) return null;
        return (
          <section key={part} aria-labelledby={`part-${part}`}>
            <h3 id={`part-${part}`} className="mb-2 text-sm font-medium text-soft">
              {t(`parts.${part}`)}
            </h3>
            <ul className="grid grid-cols-3 gap-2 sm:grid-cols-5">
              {within.map((start) => {
                const time = text.time(start.startsAt);
                const own = text.own(start.startsAt);
                const twice = (labels.get(time) ?? 0) > 1;
                return (
                  <li key={start.startsAt}>
                    <button
                      type="button"
                      disabled={pending !== null}
                      aria-busy={pending === start.startsAt || undefined}
                      onClick={() => onChoose(start)}
                      data-tabular
                      className="flex min-h-12 w-full cursor-pointer flex-col items-center justify-center rounded-md border border-line-strong bg-surface px-1 py-1 font-semibold text-ink hover:border-accent hover:bg-accent-soft disabled:cursor-wait disabled:opacity-60"
                    >
                      {pending === start.startsAt ? (
                        <span className="kit-spinner" />
                      ) : (
                        <span>{twice ? text.exactTime(start.startsAt) : time}</span>
                      )}
                      {own !== null && (
                        <span className="text-xs font-normal text-soft">
                          {own}
                          <span className="sr-only"> {t('whereYouAre')}</span>
                        </span>
                      )}
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
