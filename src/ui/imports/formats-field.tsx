'use client';

import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslations } from 'next-intl';
import { importFields } from '../../domain/import-kinds.ts';
import type { ImportSettings } from '../../domain/import-settings.ts';
import { dateOrders } from '../../domain/import-values.ts';
import { Section } from '../kit/section.tsx';
import type { ImportDetail } from './types.ts';

/** How dates and amounts are written; what the file itself decides is filled in, what it leaves open is asked. */
export function FormatsField({
  form,
  batch,
}: {
  form: UseFormReturnType<ImportSettings>;
  batch: ImportDetail;
}) {
  const t = useTranslations('imports');
  const { kind, columns, currency } = form.values;
  const has = (type: string) =>
    importFields[kind].some((field) => field.type === type && columns[field.name] !== undefined);
  const hasMoney = has('decimal') || kind === 'bookings';
  if (!has('date') && !hasMoney) return null;
  const isOpen = batch.foundDateOrder === 'ambiguous';
  const differs = hasMoney && batch.clinicCurrency !== null && batch.clinicCurrency !== currency;
  return (
    <Section title={t('formatsTitle')}>
      <div className="grid max-w-xl gap-4 sm:grid-cols-2">
        {has('date') && (
          <Select
            className="sm:col-span-2"
            label={t('dateOrder')}
            description={form.errors.dateOrder ? undefined : isOpen ? t('dateAmbiguous') : t('dateFound')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={dateOrders.map((value) => ({ value, label: t(`dateOrders.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('dateOrder')}
          />
        )}
        {has('decimal') && (
          <Select
            label={t('decimalMark')}
            data={[
              { value: '.', label: t('decimalMarks.point') },
              { value: ',', label: t('decimalMarks.comma') },
            ]}
            allowDeselect={false}
            {...form.getInputProps('decimalMark')}
          />
        )}
        {hasMoney && (
          <TextInput
            label={t('currency')}
            maxLength={3}
            {...form.getInputProps('currency')}
            onChange={(event) => form.setFieldValue('currency', event.currentTarget.value.toUpperCase())}
          />
        )}
      </div>
      {differs && kind === 'services' && (
        <p className="mt-3 max-w-prose text-sm text-attention">
          {t('currencyDiffers', { currency: batch.clinicCurrency ?? '' })}
        </p>
      )}
    </Section>
  );
}
