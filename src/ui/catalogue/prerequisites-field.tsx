'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { OptionalWholeInput, WholeInput } from '../settings/number-fields.tsx';
import type { CatalogueChoices, ServiceFormApi } from './service-form.tsx';

/** Earlier services without which this one can't be booked. */
export function PrerequisitesField(props: {
  form: ServiceFormApi;
  categories: CatalogueChoices['categories'];
  serviceId: string | null;
}) {
  const t = useTranslations();
  const { form } = props;
  const { prerequisites } = form.values;
  const services = props.categories
    .flatMap((category) => category.services)
    .filter(({ id }) => id !== props.serviceId);
  const next = services.find(({ id }) => !prerequisites.some((each) => each.requiredServiceId === id));
  return (
    <Section title={t('catalogue.before')} lead={t('catalogue.beforeLead')}>
      <div className="flex flex-col gap-3">
        {prerequisites.map(({ requiredServiceId }, index) => (
          <div
            key={`prerequisites.${requiredServiceId}`}
            className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[1fr_11rem_11rem_auto]"
          >
            <NativeSelect
              label={t('catalogue.prerequisite')}
              data={services.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps(`prerequisites.${index}.requiredServiceId`)}
            />
            <WholeInput
              className="max-sm:row-start-2"
              label={t('catalogue.minHours')}
              {...form.getInputProps(`prerequisites.${index}.minHours`)}
            />
            <OptionalWholeInput
              className="max-sm:row-start-3"
              label={t('catalogue.maxDays')}
              description={t('catalogue.maxDaysHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps(`prerequisites.${index}.maxDays`)}
            />
            <div className="mt-6.5 max-sm:col-start-2 max-sm:row-start-1">
              <IconButton
                icon="remove"
                label={t('settings.removeNamed', {
                  name: services.find(({ id }) => id === requiredServiceId)?.name ?? '',
                })}
                onClick={() => form.removeListItem('prerequisites', index)}
              />
            </div>
          </div>
        ))}
        {next !== undefined && (
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() =>
                form.insertListItem('prerequisites', {
                  requiredServiceId: next.id,
                  minHours: 48,
                  maxDays: null,
                })
              }
            >
              {t('catalogue.addPrerequisite')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}
