'use client';

import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Section } from '../kit/section.tsx';
import { HuePicker } from '../settings/hue-picker.tsx';
import type { CatalogueChoices, ServiceFormApi } from './service-form.tsx';

export function ServiceBasics({
  form,
  categories,
}: {
  form: ServiceFormApi;
  categories: CatalogueChoices['categories'];
}) {
  const t = useTranslations('catalogue');
  return (
    <Section title={t('basics')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput label={t('name')} required maxLength={120} {...form.getInputProps('name')} />
        <NativeSelect
          label={t('category')}
          data={categories.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('categoryId')}
        />
        <Textarea
          className="sm:col-span-2"
          label={t('description')}
          description={t('descriptionHint')}
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps('description')}
          value={form.values.description ?? ''}
        />
        <TextInput
          label={t('code')}
          description={t('codeHint')}
          maxLength={40}
          {...form.getInputProps('code')}
          value={form.values.code ?? ''}
        />
        <HuePicker
          label={t('colour')}
          value={form.values.hue}
          onChange={(hue) => form.setFieldValue('hue', hue)}
        />
        <Switch
          className="sm:col-span-2"
          label={t('isActive')}
          description={t('isActiveHint')}
          {...form.getInputProps('isActive', { type: 'checkbox' })}
        />
      </div>
    </Section>
  );
}
