'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { Button } from '../kit/button.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { type Catalogue, performerName, serviceOf } from './catalogue.ts';
import { addUp, estimateItem, type Estimate } from './estimate.ts';
import { useTerms } from './price-text.tsx';
import { anyone, type ItemChoice, mostItems, type Selection } from './selection.ts';
import { usedTechniques } from './techniques.ts';

interface SummaryProps {
  catalogue: Catalogue;
  selection: Selection;
  zone: string;
  /** The held time and what the visit comes to exactly, once there is one. */
  held: { startsAt: number; endsAt: number; priceMinor: number | null } | null;
  onChange: (index: number) => void;
  onRemove: (index: number) => void;
  onAdd: () => void;
}

const isWhole = ({ performer }: ItemChoice): boolean => performer !== '';

/** What the whole comes to: by estimate, and exactly once a time is held. */
export function totalOf({
  catalogue,
  selection,
  held,
}: Pick<SummaryProps, 'catalogue' | 'selection' | 'held'>): Estimate {
  const estimate = addUp(selection.items.map((item) => estimateItem(catalogue, item)));
  if (held === null) return estimate;
  const minutes = (held.endsAt - held.startsAt) / 60_000;
  return { ...estimate, minutes, mostMinutes: minutes, priceMinor: held.priceMinor ?? estimate.priceMinor };
}

/** One line for a phone: what, how long, for how much, and when. */
export function Brief(props: Pick<SummaryProps, 'catalogue' | 'selection' | 'held' | 'zone'>) {
  const terms = useTerms(props.catalogue.currency);
  const format = useFormat();
  const total = totalOf(props);
  const names = props.selection.items.map(
    ({ serviceId }) => serviceOf(props.catalogue, serviceId)?.name ?? '',
  );
  return (
    <span className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1 truncate font-medium">{names.join(', ')}</span>
      <span className="shrink-0 text-soft" data-tabular suppressHydrationWarning>
        {props.held
          ? format.dayTime(new Date(props.held.startsAt), props.zone)
          : `${terms.minutes(total.minutes, total.mostMinutes)} · ${terms.price(total)}`}
      </span>
    </span>
  );
}

export function Summary(props: SummaryProps) {
  const t = useTranslations('booking');
  const terms = useTerms(props.catalogue.currency);
  const { catalogue, selection, held } = props;
  const place = catalogue.locations.find(({ id }) => id === selection.placeId);
  const total = totalOf(props);
  const isAsking = ['service', 'techniques', 'specialist'].includes(selection.step);
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {selection.items.map((item, index) => {
          const service = serviceOf(catalogue, item.serviceId);
          if (!service) return null;
          const extras = usedTechniques(service, item.techniqueIds).map(({ name }) => name);
          return (
            // An order, not a set: the same service may be wanted twice.
            <li key={`${index}-${item.serviceId}`} className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{service.name}</p>
                {extras.length > 0 && <p className="text-sm text-soft">{extras.join(', ')}</p>}
                {isWhole(item) && (
                  <p className="text-sm text-soft">
                    {item.performer === anyone ? t('byAnyone') : performerName(catalogue, item.performer)}
                  </p>
                )}
                {!isAsking && (
                  <button
                    type="button"
                    className="-mx-1 inline-flex min-h-11 cursor-pointer items-center px-1 text-sm font-medium text-accent underline"
                    onClick={() => props.onChange(index)}
                  >
                    {t('change')}
                    <span className="sr-only"> {service.name}</span>
                  </button>
                )}
              </div>
              {selection.items.length > 1 && (
                <IconButton
                  icon="close"
                  label={t('removeService', { service: service.name })}
                  onClick={() => props.onRemove(index)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {!isAsking && selection.items.length < mostItems && (
        <div>
          <Button kind="quiet" icon="plus" onClick={props.onAdd}>
            {t('addService')}
          </Button>
        </div>
      )}
      {(held !== null || place !== undefined) && (
        <div className="border-t border-line pt-3">
          {held !== null && (
            <p className="font-medium">
              <TimeText at={new Date(held.startsAt)} zone={props.zone} viewer />
            </p>
          )}
          {place !== undefined && (
            <p className="text-sm text-soft">{[place.name, place.address].filter(Boolean).join(', ')}</p>
          )}
        </div>
      )}
      <p className="flex justify-between gap-3 border-t border-line pt-3 font-medium" data-tabular>
        <span>
          {held === null
            ? t('about', { minutes: terms.minutes(total.minutes, total.mostMinutes) })
            : terms.minutes(total.minutes)}
        </span>
        <span suppressHydrationWarning>{terms.price(total)}</span>
      </p>
    </div>
  );
}
