'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import type { Estimate } from './estimate.ts';

/** "45 min" and "from €85", as one says them. */
export function useTerms(currency: string) {
  const t = useTranslations('booking');
  const { money } = useFormat();
  return {
    minutes: (minutes: number, mostMinutes = minutes) =>
      mostMinutes > minutes ? t('minutesRange', { minutes, mostMinutes }) : t('minutes', { minutes }),
    price: ({ priceMinor, isFrom }: Pick<Estimate, 'priceMinor' | 'isFrom'>) => {
      if (priceMinor === 0) return isFrom ? t('from', { price: money(0, currency) }) : t('free');
      return isFrom ? t('from', { price: money(priceMinor, currency) }) : money(priceMinor, currency);
    },
    added: (priceMinor: number) => `${priceMinor < 0 ? '−' : '+'} ${money(Math.abs(priceMinor), currency)}`,
    addedMinutes: (minutes: number) =>
      `${minutes < 0 ? '−' : '+'} ${t('minutes', { minutes: Math.abs(minutes) })}`,
  };
}

/** Minutes and price under each other, at the right of a choice. */
export function Terms({ estimate, currency }: { estimate: Estimate; currency: string }) {
  const terms = useTerms(currency);
  return (
    <span data-tabular className="block">
      <span className="block font-medium text-ink" suppressHydrationWarning>
        {terms.price(estimate)}
      </span>
      <span className="block text-soft">{terms.minutes(estimate.minutes, estimate.mostMinutes)}</span>
    </span>
  );
}
