'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { formatMoney } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../kit/section.tsx';
import { useTRPC } from '../trpc/client.ts';

const firstShown = 8;
const kinds = ['receipt_line', 'cancellation', 'no_show', 'unplaced_booking'] as const;

/** What an old system knew of this client. Stands only where there is any. */
export function CardHistory({ clientId, currency }: { clientId: string; currency: string }) {
  const t = useTranslations('clients');
  const api = useTRPC();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { data: lines = [] } = useQuery(api.clients.history.queryOptions({ clientId }));
  if (lines.length === 0) return null;
  const kindOf = (kind: string) => {
    const known = kinds.find((each) => each === kind);
    return known === undefined ? kind : t(`historyKind.${known}`);
  };
  return (
    <Section title={t('page.history')}>
      <div className="overflow-x-auto">
        <table className="w-full text-left" aria-label={t('page.history')}>
          <thead className="text-sm text-soft">
            <tr className="border-b border-line">
              <th scope="col" className="py-2 pr-4 font-medium">
                {t('history.date')}
              </th>
              <th scope="col" className="py-2 pr-4 font-medium">
                {t('history.what')}
              </th>
              <th scope="col" className="hidden py-2 pr-4 font-medium sm:table-cell">
                {t('history.who')}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                {t('history.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? lines : lines.slice(0, firstShown)).map((line) => (
              <tr key={line.entryId} className="border-b border-line align-top last:border-b-0">
                <td className="py-2 pr-4 whitespace-nowrap">
                  {format.date(new Date(`${line.serviceDate}T00:00:00Z`), 'UTC')}
                </td>
                <td className="py-2 pr-4">
                  {line.description}
                  <span className="block text-sm text-soft">
                    {line.receiptNumber === null
                      ? kindOf(line.kind)
                      : t('history.receipt', { number: line.receiptNumber })}
                  </span>
                </td>
                <td className="hidden py-2 pr-4 sm:table-cell">{line.specialistName}</td>
                <td className="py-2 text-right whitespace-nowrap">
                  {line.amount === null ? '' : formatMajor(line.amount, currency, format.locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && lines.length > firstShown && (
        <Button variant="subtle" size="sm" mt="xs" onClick={() => setAll(true)}>
          {t('history.all', { count: lines.length })}
        </Button>
      )}
    </Section>
  );
}

/** The old system's amounts come in major units with fractions of a cent; shown rounded, once. */
function formatMajor(amount: string, currency: string, locale: Parameters<typeof formatMoney>[2]): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return formatMoney(Math.round(Number(amount) * 10 ** digits), currency, locale);
}
