'use client';

import { Checkbox, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { matches } from '../shell/commands.tsx';
import { MoneyInput, OptionalWholeInput } from '../settings/number-fields.tsx';
import type { SpecialistChoices, SpecialistFormApi } from './specialist-form.tsx';

type Service = SpecialistChoices['services'][number];
type Technique = Service['techniques'][number];

/** Own minutes and price beside a name; what the list says stands in the empty field. */
function OwnTerms(props: {
  form: SpecialistFormApi;
  path: `services.${number}` | `techniques.${number}`;
  name: string;
  minutes: number;
  priceMinor: number;
  currency: string;
}) {
  const t = useTranslations('people');
  const { money } = useFormat();
  const { form, path, name } = props;
  const wordsId = useId();
  const errors = { minutes: form.errors[`${path}.minutes`], price: form.errors[`${path}.priceMinor`] };
  // The fields are too narrow for words: they are marked, and the words stand under both.
  const words = [errors.minutes, errors.price].filter((each) => typeof each === 'string');
  const complaint = (error: React.ReactNode) =>
    error == null ? {} : { error: true, 'aria-describedby': wordsId };
  return (
    <div className="flex flex-wrap items-start gap-2 sm:w-62">
      <OptionalWholeInput
        className="w-28"
        aria-label={t('ownMinutesOf', { name })}
        placeholder={`= ${props.minutes}`}
        step={5}
        {...form.getInputProps(`${path}.minutes`)}
        {...complaint(errors.minutes)}
      />
      <MoneyInput
        className="w-32"
        aria-label={t('ownPriceOf', { name })}
        placeholder={`= ${money(props.priceMinor, props.currency)}`}
        currency={props.currency}
        {...form.getInputProps(`${path}.priceMinor`)}
        {...complaint(errors.price)}
      />
      {words.length > 0 && (
        <p id={wordsId} className="w-full text-sm text-danger">
          {words.join(' ')}
        </p>
      )}
    </div>
  );
}

function TechniqueRow(props: { form: SpecialistFormApi; technique: Technique; currency: string }) {
  const t = useTranslations('people');
  const { form, technique } = props;
  const index = form.values.techniques.findIndex(({ techniqueId }) => techniqueId === technique.id);
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1 pl-8">
      <Checkbox
        className="min-w-44 flex-1"
        label={
          technique.masteryRequired ? (
            <>
              {technique.name} <span className="text-soft">({t('needsMastery')})</span>
            </>
          ) : (
            technique.name
          )
        }
        checked={index >= 0}
        onChange={(event) =>
          event.currentTarget.checked
            ? form.insertListItem('techniques', {
                techniqueId: technique.id,
                minutes: null,
                priceMinor: null,
              })
            : form.removeListItem('techniques', index)
        }
      />
      {index >= 0 && (
        <OwnTerms
          form={form}
          path={`techniques.${index}`}
          name={technique.name}
          minutes={technique.minutes}
          priceMinor={technique.priceMinor}
          currency={props.currency}
        />
      )}
    </li>
  );
}

function ServiceRow(props: { form: SpecialistFormApi; service: Service; currency: string }) {
  const { form, service, currency } = props;
  const index = form.values.services.findIndex(({ serviceId }) => serviceId === service.id);
  const toggle = (isOffered: boolean) => {
    if (isOffered)
      form.insertListItem('services', { serviceId: service.id, minutes: null, priceMinor: null });
    else {
      form.removeListItem('services', index);
      // Who doesn't do the service doesn't master its parts here either.
      const own = new Set(service.techniques.map(({ id }) => id));
      form.setFieldValue(
        'techniques',
        form.values.techniques.filter(({ techniqueId }) => !own.has(techniqueId)),
      );
    }
  };
  return (
    <li className="py-1">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1">
        <Checkbox
          className="min-w-44 flex-1"
          label={service.name}
          checked={index >= 0}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        {index >= 0 && (
          <OwnTerms
            form={form}
            path={`services.${index}`}
            name={service.name}
            minutes={service.baseMinutes}
            priceMinor={service.priceMinor}
            currency={currency}
          />
        )}
      </div>
      {index >= 0 && service.techniques.length > 0 && (
        <ul>
          {service.techniques.map((technique) => (
            <TechniqueRow key={technique.id} form={form} technique={technique} currency={currency} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** What the person offers, and which techniques they master, on their own terms where they have some. */
export function OffersField({ form, choices }: { form: SpecialistFormApi; choices: SpecialistChoices }) {
  const t = useTranslations('people');
  const [query, setQuery] = useState('');
  const offered = new Set(form.values.services.map(({ serviceId }) => serviceId));
  const shown = choices.services.filter(
    ({ id, name, categoryName, isActive }) =>
      (isActive || offered.has(id)) && matches(`${name} ${categoryName}`, query),
  );
  const categories = [...new Set(shown.map(({ categoryName }) => categoryName))];
  return (
    <Section
      title={t('offers')}
      lead={choices.services.length === 0 ? t('noServices') : t('offersLead')}
      actions={<span className="text-sm text-soft">{t('selectedCount', { count: offered.size })}</span>}
    >
      {choices.services.length > 8 && (
        <TextInput
          type="search"
          mb="sm"
          aria-label={t('searchServices')}
          placeholder={t('searchServices')}
          leftSection={<Icon name="search" size={18} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      )}
      {categories.map((category) => (
        <div key={category} className="mb-3">
          <div className="flex items-end gap-2 border-b border-line pb-1 text-sm font-medium text-soft">
            <h3 className="min-w-0 flex-1">{category}</h3>
            <span aria-hidden="true" className="hidden w-28 sm:block">
              {t('ownMinutes')}
            </span>
            <span aria-hidden="true" className="hidden w-32 sm:block">
              {t('ownPrice')}
            </span>
          </div>
          <ul className="divide-y divide-line">
            {shown
              .filter(({ categoryName }) => categoryName === category)
              .map((service) => (
                <ServiceRow key={service.id} form={form} service={service} currency={choices.currency} />
              ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
