import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { MoneyText } from '../kit/money-text.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { type OwnVisit, performersOf } from './own-visit.ts';

/** What, when, where, with whom and for how much. */
export function VisitFacts({ visit }: { visit: OwnVisit }) {
  const t = useTranslations();
  const minutes = Math.round((visit.endsAt - visit.startsAt) / 60_000);
  return (
    <dl className="divide-y divide-line rounded-md border border-line bg-surface">
      <Fact label={t('visits.when')}>
        <span className="font-semibold">
          <TimeText at={new Date(visit.startsAt)} zone={visit.timeZone} viewer />
        </span>
        <span className="block text-sm text-soft">{t('booking.minutes', { minutes })}</span>
      </Fact>
      <Fact label={t('visits.what')}>
        <ul>
          {visit.items.map((item, index) => (
            <li key={`${index}-${item.serviceId}`}>
              {item.serviceName}
              {item.techniqueNames.length > 0 && (
                <span className="block text-sm text-soft">{item.techniqueNames.join(', ')}</span>
              )}
            </li>
          ))}
        </ul>
      </Fact>
      <Fact label={t('visits.who')}>{performersOf(visit)}</Fact>
      <Fact label={t('visits.where')}>
        {visit.locationName}
        {visit.address !== null && <span className="block text-sm text-soft">{visit.address}</span>}
      </Fact>
      <Fact label={t('visits.price')}>
        {visit.priceMinor === 0 ? (
          t('booking.free')
        ) : (
          <MoneyText amountMinor={visit.priceMinor} currency={visit.currency} />
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-3 px-4 py-3">
      <dt className="text-sm leading-6 text-soft">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
