'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import type { DeskRights } from '../calendar/types.ts';
import { PersonMark } from '../kit/person-mark.tsx';
import { Section } from '../kit/section.tsx';
import type { TodayFree, TodayLocation } from './types.ts';

interface FreeTodayProps {
  free: readonly TodayFree[];
  locations: readonly TodayLocation[];
  severalPlaces: boolean;
  rights: DeskRights;
}

const stretchClass =
  'inline-flex min-h-8 items-center rounded-md border border-line px-2 text-sm text-ink no-underline';

/** What is left of the day, person by person; a stretch leads to the form of a new visit at that time, where one may be written. */
export function FreeToday({ free, locations, severalPlaces, rights }: FreeTodayProps) {
  const t = useTranslations('today');
  const format = useFormat();
  const placeOf = (id: string) => locations.find((place) => place.id === id);
  return (
    <Section title={t('free')}>
      {free.every(({ stretches }) => stretches.length === 0) ? (
        <p className="text-soft">{t('freeEmpty')}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {free.map((each) => (
            <li key={`${each.specialistId}/${each.locationId}`} className="flex items-start gap-3">
              <PersonMark name={each.name} hue={each.hue} size={28} />
              <div className="min-w-0 flex-1">
                <p className="truncate text-sm font-medium">
                  {each.name}
                  {severalPlaces && ` · ${placeOf(each.locationId)?.name ?? ''}`}
                </p>
                <p className="mt-1 flex flex-wrap gap-1.5">
                  {each.stretches.length === 0 && <span className="text-sm text-soft">{t('freeAll')}</span>}
                  {each.stretches.map(({ startMs, endMs }) => {
                    const stretch = `${format.time(new Date(startMs), each.timeZone)}–${format.time(new Date(endMs), each.timeZone)}`;
                    if (!rights.editAll && each.specialistId !== rights.specialistId)
                      return (
                        <span key={startMs} data-tabular className={stretchClass}>
                          {stretch}
                        </span>
                      );
                    return (
                      <Link
                        key={startMs}
                        href={`/calendar?${new URLSearchParams({ new: String(startMs), at: each.locationId, for: each.specialistId })}`}
                        aria-label={t('bookIn', { name: each.name, stretch })}
                        data-tabular
                        className={`${stretchClass} hover:border-line-strong hover:bg-hover`}
                      >
                        {stretch}
                      </Link>
                    );
                  })}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
