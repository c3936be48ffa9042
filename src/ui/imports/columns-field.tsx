'use client';

import { MultiSelect, Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslations } from 'next-intl';
import { importFields } from '../../domain/import-kinds.ts';
import type { ImportSettings } from '../../domain/import-settings.ts';
import type { AreaMessages } from '../../i18n/types.ts';
import { Section } from '../kit/section.tsx';
import type { ImportDetail } from './types.ts';

type FieldName = keyof AreaMessages['imports']['fields'];
interface Field {
  name: FieldName;
  required: boolean;
}
/** Fields by kind; every one has words, or this would not compile where they are used. */
const fieldsOf = (kind: ImportSettings['kind'], words: AreaMessages['imports']['fields']): Field[] =>
  importFields[kind].flatMap(({ name, required }) => {
    const known = Object.keys(words).find((word): word is FieldName => word === name);
    return known === undefined ? [] : [{ name: known, required: required === true }];
  });

/** Which column is which field, with what stands in it. */
export function ColumnsField({
  form,
  shape,
  words,
}: {
  form: UseFormReturnType<ImportSettings>;
  shape: ImportDetail['shape'];
  words: AreaMessages['imports']['fields'];
}) {
  const t = useTranslations('imports');
  const { kind, columns } = form.values;
  const names = shape.columns.map(({ name }) => name);
  const samplesOf = (column: string | undefined): string =>
    shape.columns.find(({ name }) => name === column)?.samples.join(' · ') ?? '';
  const choose = (field: string, column: string | null) => {
    const next = Object.fromEntries(
      Object.entries(columns).filter(([other, used]) => other !== field && used !== column),
    );
    form.setFieldValue('columns', column === null ? next : { ...next, [field]: column });
    form.clearErrors();
  };
  return (
    <Section title={t('columnsTitle')} lead={t('columnsLead')}>
      <div className="flex flex-col divide-y divide-line">
        {fieldsOf(kind, words).map(({ name, required }) => (
          <div key={name} className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-[10rem_14rem_1fr]">
            <label htmlFor={`column-${name}`} className="text-sm font-medium">
              {t(`fields.${name}`)}
              {required && <span className="text-danger"> *</span>}
            </label>
            <Select
              id={`column-${name}`}
              data={names}
              value={columns[name] ?? null}
              onChange={(column) => choose(name, column)}
              error={form.errors[`columns.${name}`]}
              placeholder={t('notTaken')}
              clearable={!required}
              searchable
            />
            <span className="truncate text-sm text-soft">{samplesOf(columns[name])}</span>
          </div>
        ))}
      </div>
      {kind === 'receipts' && (
        <MultiSelect
          className="mt-4 max-w-md"
          label={t('taxColumns')}
          description={t('taxHint')}
          data={names.filter((name) => !Object.values(columns).includes(name))}
          {...form.getInputProps('taxColumns')}
        />
      )}
    </Section>
  );
}
