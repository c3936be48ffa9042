'use client';

import { Autocomplete, Button, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ImportSettings } from '../../domain/import-settings.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { WholeInput } from '../settings/number-fields.tsx';

interface Rule {
  key: number;
  name: string;
  minutes: number;
}

const leastMinutes = 15;

/** The rule for what old systems don't know: how long a visit takes. */
export function DurationsField({
  form,
  names,
}: {
  form: UseFormReturnType<ImportSettings>;
  names: readonly string[];
}) {
  const t = useTranslations('imports');
  const { durations, kind } = form.values;
  const [rules, setRules] = useState<Rule[]>(() =>
    Object.entries(durations.byCategory).map(([name, minutes], key) => ({ key, name, minutes })),
  );
  const keep = (next: Rule[]) => {
    setRules(next);
    const table = Object.fromEntries(
      next.filter(({ name }) => name.trim() !== '').map(({ name, minutes }) => [name.trim(), minutes]),
    );
    // A name may be a category's or a service's: it holds for both.
    form.setFieldValue('durations', { ...durations, byCategory: table, byService: table });
  };
  const change = (key: number, part: Partial<Rule>) =>
    keep(rules.map((rule) => (rule.key === key ? { ...rule, ...part } : rule)));
  const shrinks = durations.shrinkToMinutes !== null;
  return (
    <Section title={t('durationsTitle')} lead={t('durationsLead')}>
      <div className="flex max-w-xl flex-col gap-3">
        {rules.map((rule) => (
          <div key={rule.key} className="flex items-start gap-2">
            <Autocomplete
              className="min-w-0 flex-1"
              aria-label={t('durationName')}
              placeholder={t('durationName')}
              data={[...names]}
              maxLength={80}
              value={rule.name}
              onChange={(name) => change(rule.key, { name })}
            />
            <WholeInput
              className="w-28"
              aria-label={t('durationMinutes')}
              value={rule.minutes}
              step={5}
              onChange={(minutes) => change(rule.key, { minutes })}
              error={form.errors[`durations.byCategory.${rule.name}`]}
            />
            <IconButton
              icon="close"
              label={t('durationRemove', { name: rule.name })}
              onClick={() => keep(rules.filter(({ key }) => key !== rule.key))}
            />
          </div>
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() =>
              keep([
                ...rules,
                { key: Math.max(-1, ...rules.map(({ key }) => key)) + 1, name: '', minutes: 60 },
              ])
            }
          >
            {t('durationAdd')}
          </Button>
        </div>
        <WholeInput
          className="max-w-56"
          label={t('defaultMinutes')}
          step={5}
          {...form.getInputProps('durations.defaultMinutes')}
        />
        {kind === 'bookings' && (
          <>
            <Switch
              label={t('shrink')}
              description={t('shrinkHint')}
              checked={shrinks}
              onChange={(event) =>
                form.setFieldValue(
                  'durations.shrinkToMinutes',
                  event.currentTarget.checked ? leastMinutes : null,
                )
              }
            />
            {shrinks && (
              <WholeInput
                className="max-w-56"
                label={t('shrinkTo')}
                step={5}
                value={durations.shrinkToMinutes ?? leastMinutes}
                onChange={(minutes) => form.setFieldValue('durations.shrinkToMinutes', minutes)}
                error={form.errors['durations.shrinkToMinutes']}
              />
            )}
          </>
        )}
      </div>
    </Section>
  );
}
