'use client';

import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TechniqueInput } from '../../domain/technique.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { MoneyInput, WholeInput } from '../settings/number-fields.tsx';
import { NeedsField } from './needs-field.tsx';
import type { CatalogueChoices, ServiceFormApi } from './service-form.tsx';

/** One technique: the figures in sight, the rest behind a fold that opens by itself where something is wrong inside. */
export function TechniqueCard(props: {
  form: ServiceFormApi;
  currency: string;
  types: CatalogueChoices['resourceTypes'];
  technique: TechniqueInput;
  index: number;
  depth: number;
  onAddInside: () => void;
  onRemove: () => void;
  /** Null where nothing of the same place stands before it. */
  onMoveUp: (() => void) | null;
}) {
  const t = useTranslations();
  const { form, technique, index, depth } = props;
  const at = `techniques.${index}` as const;
  const name = technique.name || t('catalogue.techniqueUnnamed');
  const others = form.values.techniques.filter(({ key }) => key !== technique.key);
  const isWrongInside = Object.keys(form.errors).some(
    (path) =>
      path.startsWith(`${at}.requirements`) || path === `${at}.description` || path === `${at}.parentKey`,
  );
  const [open, setOpen] = useState(false);
  const isOpen = open || isWrongInside;
  return (
    <fieldset
      aria-label={name}
      className="rounded-md border border-line p-3"
      style={{ marginInlineStart: `${Math.min(depth, 4) * 1.5}rem` }}
    >
      <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-[minmax(10rem,1fr)_12rem_8rem_9rem]">
        <TextInput label={t('catalogue.technique')} maxLength={120} {...form.getInputProps(`${at}.name`)} />
        <NativeSelect
          label={t('catalogue.selection')}
          data={(['required', 'optional', 'one_of'] as const).map((value) => ({
            value,
            label: t(`catalogue.selections.${value}`),
          }))}
          {...form.getInputProps(`${at}.selection`)}
        />
        <WholeInput label={t('catalogue.addMinutes')} step={5} {...form.getInputProps(`${at}.minutes`)} />
        <MoneyInput
          label={t('catalogue.addPrice')}
          currency={props.currency}
          {...form.getInputProps(`${at}.priceMinor`)}
          onChange={(price) => form.setFieldValue(`${at}.priceMinor`, price ?? Number.NaN)}
        />
        {technique.selection === 'one_of' && (
          <TextInput
            className="sm:col-span-2"
            label={t('catalogue.group')}
            description={t('catalogue.groupHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={60}
            {...form.getInputProps(`${at}.groupKey`)}
            value={technique.groupKey ?? ''}
          />
        )}
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <Checkbox
          label={t('catalogue.mastery')}
          {...form.getInputProps(`${at}.masteryRequired`, { type: 'checkbox' })}
        />
        <Checkbox
          label={t('catalogue.techniqueActive')}
          {...form.getInputProps(`${at}.isActive`, { type: 'checkbox' })}
        />
        <span className="flex-1" />
        <Button size="xs" variant="subtle" color="gray" onClick={props.onAddInside}>
          {t('catalogue.addInside')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          aria-expanded={isOpen}
          rightSection={<Icon name="chevronDown" size={16} className={isOpen ? 'rotate-180' : ''} />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('catalogue.moreAboutTechnique')}
        </Button>
        <div className="flex">
          {props.onMoveUp !== null && (
            <IconButton icon="up" label={t('settings.moveUp', { name })} onClick={props.onMoveUp} />
          )}
          <IconButton icon="remove" label={t('settings.removeNamed', { name })} onClick={props.onRemove} />
        </div>
      </div>
      {isOpen && (
        <div className="mt-3 flex flex-col gap-4 border-t border-line pt-3">
          <Textarea
            label={t('catalogue.description')}
            autosize
            minRows={2}
            maxLength={1000}
            {...form.getInputProps(`${at}.description`)}
            value={technique.description ?? ''}
          />
          <NativeSelect
            label={t('catalogue.parent')}
            data={[
              { value: '', label: t('catalogue.parentNone') },
              ...others.map((other) => ({
                value: other.key,
                label: other.name || t('catalogue.techniqueUnnamed'),
              })),
            ]}
            {...form.getInputProps(`${at}.parentKey`)}
            value={technique.parentKey ?? ''}
            onChange={(event) => form.setFieldValue(`${at}.parentKey`, event.currentTarget.value || null)}
          />
          <NeedsField
            form={form}
            path={`${at}.requirements`}
            needs={technique.requirements}
            types={props.types}
          />
        </div>
      )}
    </fieldset>
  );
}
