'use client';

import { NativeSelect, Switch } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { bookableByValues } from '../../domain/service.ts';
import { Section } from '../kit/section.tsx';
import { MoneyInput, OptionalWholeInput, WholeInput } from '../settings/number-fields.tsx';
import type { ServiceFormApi } from './service-form.tsx';

/** How long it takes, what it costs, and who may book it. */
export function ServiceTime({ form, currency }: { form: ServiceFormApi; currency: string }) {
  const t = useTranslations('catalogue');
  const { processing, isOnline } = form.values;
  return (
    <>
      <Section title={t('time')}>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <WholeInput label={t('baseMinutes')} required step={5} {...form.getInputProps('baseMinutes')} />
          <WholeInput
            label={t('bufferBefore')}
            description={t('bufferHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            step={5}
            {...form.getInputProps('bufferBeforeMinutes')}
          />
          <WholeInput label={t('bufferAfter')} step={5} {...form.getInputProps('bufferAfterMinutes')} />
          <OptionalWholeInput
            label={t('step')}
            description={t('stepHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            step={5}
            {...form.getInputProps('slotStepMinutes')}
          />
        </div>
        <Switch
          mt="md"
          label={t('processing')}
          description={t('processingHint')}
          checked={processing !== null}
          onChange={(event) =>
            form.setFieldValue(
              'processing',
              event.currentTarget.checked ? { afterMinutes: 15, minutes: 20 } : null,
            )
          }
        />
        {processing !== null && (
          <div className="mt-3 grid gap-4 sm:grid-cols-3">
            <WholeInput
              label={t('processingAfter')}
              step={5}
              {...form.getInputProps('processing.afterMinutes')}
              value={processing.afterMinutes}
            />
            <WholeInput
              label={t('processingMinutes')}
              step={5}
              {...form.getInputProps('processing.minutes')}
              value={processing.minutes}
            />
          </div>
        )}
      </Section>
      <Section title={t('price')}>
        <div className="grid items-end gap-4 sm:grid-cols-3">
          <MoneyInput
            label={t('priceLabel')}
            required
            currency={currency}
            {...form.getInputProps('priceMinor')}
            onChange={(price) => form.setFieldValue('priceMinor', price ?? Number.NaN)}
          />
          <Switch
            className="pb-2"
            label={t('isPriceFrom')}
            {...form.getInputProps('isPriceFrom', { type: 'checkbox' })}
          />
        </div>
      </Section>
      <Section title={t('booking')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Switch label={t('isOnline')} {...form.getInputProps('isOnline', { type: 'checkbox' })} />
          <Switch
            label={t('needsApproval')}
            description={t('needsApprovalHint')}
            {...form.getInputProps('needsApproval', { type: 'checkbox' })}
          />
          <NativeSelect
            label={t('bookableBy')}
            disabled={!isOnline}
            data={bookableByValues.map((value) => ({ value, label: t(`bookableByValues.${value}`) }))}
            {...form.getInputProps('bookableBy')}
          />
        </div>
      </Section>
    </>
  );
}
