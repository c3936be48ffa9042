'use client';

import { Autocomplete, Button, NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { RequirementInput } from '../../domain/requirement.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { WholeInput } from '../settings/number-fields.tsx';
import type { CatalogueChoices, ServiceFormApi } from './service-form.tsx';

type Types = CatalogueChoices['resourceTypes'];

/** Rooms and devices by type; a type nothing has yet may be named, and is said to be missing. */
export function NeedsField(props: {
  form: ServiceFormApi;
  /** Where the list lies among the form's values. */
  path: 'requirements' | `techniques.${number}.requirements`;
  needs: readonly RequirementInput[];
  types: Types;
}) {
  const t = useTranslations();
  const { form, path, needs, types } = props;
  const first = types[0];
  return (
    <div className="flex flex-col gap-3">
      {needs.map((need, index) => {
        const at = `${path}.${index}` as const;
        const exists = types.some(({ kind, type }) => kind === need.kind && type === need.resourceType);
        return (
          // Rows have no identity of their own: they are their place.
          <div
            key={at}
            className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[9rem_1fr_7rem_auto]"
          >
            <NativeSelect
              label={t('catalogue.needKind')}
              data={(['room', 'device'] as const).map((value) => ({
                value,
                label: t(`catalogue.kinds.${value}`),
              }))}
              {...form.getInputProps(`${at}.kind`)}
            />
            <Autocomplete
              className="max-sm:col-span-2 max-sm:row-start-2"
              label={t('catalogue.needType')}
              data={types.filter(({ kind }) => kind === need.kind).map(({ type }) => type)}
              description={need.resourceType !== '' && !exists ? t('catalogue.noSuch') : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={60}
              {...form.getInputProps(`${at}.resourceType`)}
            />
            <WholeInput
              className="max-sm:row-start-3"
              label={t('catalogue.needCount')}
              {...form.getInputProps(`${at}.count`)}
            />
            <div className="mt-6.5 max-sm:row-start-1 max-sm:col-start-2">
              <IconButton
                icon="remove"
                label={t('settings.removeNamed', { name: need.resourceType || t('catalogue.needType') })}
                onClick={() => form.removeListItem(path, index)}
              />
            </div>
          </div>
        );
      })}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() =>
            form.insertListItem(path, {
              kind: first?.kind ?? 'room',
              resourceType: first?.type ?? '',
              count: 1,
            } satisfies RequirementInput)
          }
        >
          {t('catalogue.addNeed')}
        </Button>
      </div>
    </div>
  );
}

export function NeedsSection({ form, types }: { form: ServiceFormApi; types: Types }) {
  const t = useTranslations('catalogue');
  return (
    <Section title={t('needs')} lead={t('needsLead')}>
      <NeedsField form={form} path="requirements" needs={form.values.requirements} types={types} />
    </Section>
  );
}
