'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { Choice } from '../kit/choice.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { EmptyState } from '../kit/states.tsx';
import { TextField } from '../kit/text-field.tsx';
import type { BookableService, Catalogue } from './catalogue.ts';
import { ClinicPhone } from './clinic-phone.tsx';
import { Terms } from './price-text.tsx';

/** Shorter lists are read at a glance. */
const searchFrom = 9;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function found(service: BookableService, words: readonly string[]): boolean {
  const text = plain(
    [service.name, service.description, ...service.techniques.map(({ name }) => name)].join(' '),
  );
  return words.every((word) => text.includes(word));
}

export function ServiceStep({
  catalogue,
  onChoose,
  addressOf,
}: {
  catalogue: Catalogue;
  onChoose: (id: string) => void;
  addressOf: (id: string) => string;
}) {
  const t = useTranslations('booking');
  const [query, setQuery] = useState('');
  const words = plain(useDeferredValue(query)).split(/\s+/u).filter(Boolean);
  const services = catalogue.services.filter((service) => found(service, words));
  if (catalogue.services.length === 0) {
    return (
      <EmptyState icon="calendar" title={t('noServices')} text={t('noServicesText')}>
        <ClinicPhone catalogue={catalogue} placeId={null} />
      </EmptyState>
    );
  }
  return (
    <>
      {catalogue.services.length >= searchFrom && (
        <div role="search" className="mb-5">
          <TextField
            type="search"
            label={t('searchServices')}
            value={query}
            enterKeyHint="search"
            autoComplete="off"
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <p role="status" className="sr-only">
            {words.length > 0 && t('servicesFound', { count: services.length })}
          </p>
        </div>
      )}
      {services.length === 0 && (
        <EmptyState icon="search" title={t('nothingFound', { query })} text={t('nothingFoundText')} />
      )}
      <div className="flex flex-col gap-7">
        {catalogue.categories.map((category) => {
          const within = services.filter(({ categoryId }) => categoryId === category.id);
          if (within.length === 0) return null;
          return (
            <section key={category.id} aria-labelledby={`category-${category.id}`}>
              <h2 id={`category-${category.id}`} className="mb-2 text-base font-semibold">
                {category.name}
              </h2>
              <ul className="flex flex-col gap-2">
                {within.map((service) => (
                  <li key={service.id}>
                    <ServiceChoice
                      service={service}
                      catalogue={catalogue}
                      onChoose={() => onChoose(service.id)}
                      address={addressOf(service.id)}
                    />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

function ServiceChoice(props: {
  service: BookableService;
  catalogue: Catalogue;
  onChoose: () => void;
  address: string;
}) {
  const t = useTranslations('booking');
  const { service, catalogue } = props;
  const estimate = {
    minutes: service.minutes.from,
    mostMinutes: service.minutes.from,
    priceMinor: service.priceMinor.from,
    isFrom: service.isPriceFrom || service.priceMinor.to > service.priceMinor.from,
  };
  const marks = [
    ...(service.bookableBy === 'existing' ? [t('existingOnly')] : []),
    ...(service.bookableBy === 'invited' ? [t('invitedOnly')] : []),
    ...(service.needsApproval ? [t('onRequest')] : []),
  ];
  return (
    <Choice
      title={service.name}
      detail={
        <>
          {service.description !== null && <span className="line-clamp-2">{service.description}</span>}
          {marks.length > 0 && (
            <span className="mt-1 flex flex-wrap gap-1">
              {marks.map((mark) => (
                <StatusMark key={mark} tone="neutral">
                  {mark}
                </StatusMark>
              ))}
            </span>
          )}
        </>
      }
      aside={<Terms estimate={estimate} currency={catalogue.currency} />}
      onChoose={props.onChoose}
      address={props.address}
    />
  );
}
