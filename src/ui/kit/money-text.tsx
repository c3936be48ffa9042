'use client';

import { useFormat } from '../../i18n/use-format.ts';

/** An amount in integer minor units, in the reader's habit. */
export function MoneyText({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  const { money } = useFormat();
  return (
    <span data-tabular className="whitespace-nowrap" suppressHydrationWarning>
      {money(amountMinor, currency)}
    </span>
  );
}
