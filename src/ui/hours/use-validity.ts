'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';

/** A calendar day in words; days have no zone, so they are read and written in the same one. */
export function useDayText(): (date: string) => string {
  const { day } = useFormat();
  return (date) => day(new Date(`${date}T12:00:00Z`), 'UTC');
}

/** "Always", "From 1 Jul", "1 Jul – 31 Aug". */
export function useValidity() {
  const t = useTranslations('hours');
  const day = useDayText();
  return ({ validFrom, validUntil }: { validFrom: string | null; validUntil: string | null }): string => {
    if (validFrom === null && validUntil === null) return t('always');
    if (validUntil === null) return t('from', { from: validFrom === null ? '' : day(validFrom) });
    if (validFrom === null) return t('until', { until: day(validUntil) });
    return t('fromUntil', { from: day(validFrom), until: day(validUntil) });
  };
}
