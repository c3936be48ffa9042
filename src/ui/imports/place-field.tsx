'use client';

import { Autocomplete, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslations } from 'next-intl';
import type { ImportSettings } from '../../domain/import-settings.ts';
import { Section } from '../kit/section.tsx';
import type { ImportDetail } from './types.ts';

const fresh = 'new';

/** Where staff and visits go: a location there is, or a new one with its own clock. */
export function PlaceField({
  form,
  locations,
}: {
  form: UseFormReturnType<ImportSettings>;
  locations: ImportDetail['locations'];
}) {
  const t = useTranslations('imports');
  const { newLocation, locationId } = form.values;
  const choose = (value: string | null) => {
    const isNew = value === fresh;
    form.setFieldValue(
      'newLocation',
      isNew ? { name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : null,
    );
    form.setFieldValue('locationId', isNew ? null : value);
  };
  return (
    <Section title={t('placeTitle')}>
      <div className="flex max-w-xl flex-col gap-4">
        <Select
          label={t('location')}
          data={[
            ...locations.map(({ id, name, timeZone }) => ({ value: id, label: `${name}, ${timeZone}` })),
            { value: fresh, label: t('newLocation') },
          ]}
          value={newLocation === null ? locationId : fresh}
          onChange={choose}
          allowDeselect={false}
          error={form.errors.locationId}
        />
        {newLocation !== null && (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextInput label={t('locationName')} maxLength={80} {...form.getInputProps('newLocation.name')} />
            <Autocomplete
              label={t('timeZone')}
              description={t('timeZoneHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={Intl.supportedValuesOf('timeZone')}
              limit={40}
              maxLength={60}
              {...form.getInputProps('newLocation.timeZone')}
            />
          </div>
        )}
      </div>
    </Section>
  );
}
