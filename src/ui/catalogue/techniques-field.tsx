'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { checkTechniques, reachOf, type TechniqueInput } from '../../domain/technique.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import type { CatalogueChoices, ServiceFormApi } from './service-form.tsx';
import { TechniqueCard } from './technique-card.tsx';

/** A key for a technique that has no id yet; unique among the form's own. */
function newKey(techniques: readonly TechniqueInput[]): string {
  const used = new Set(techniques.map(({ key }) => key));
  let number = techniques.length + 1;
  while (used.has(`new-${number}`)) number += 1;
  return `new-${number}`;
}

const blank = (key: string, parentKey: string | null): TechniqueInput => ({
  key,
  parentKey,
  name: '',
  description: null,
  selection: 'optional',
  groupKey: null,
  minutes: 0,
  priceMinor: 0,
  masteryRequired: false,
  isActive: true,
  requirements: [],
});

/** In the order of a tree: each technique before what is inside it, with its depth. Circles stand at the end, at no depth. */
export function asTree(techniques: readonly TechniqueInput[]): { index: number; depth: number }[] {
  const rows: { index: number; depth: number }[] = [];
  const seen = new Set<number>();
  const walk = (parentKey: string | null, depth: number) => {
    for (const [index, technique] of techniques.entries()) {
      if (technique.parentKey !== parentKey || seen.has(index)) continue;
      seen.add(index);
      rows.push({ index, depth });
      walk(technique.key, depth + 1);
    }
  };
  walk(null, 0);
  for (const index of techniques.keys()) if (!seen.has(index)) rows.push({ index, depth: 0 });
  return rows;
}

export function TechniquesField(props: {
  form: ServiceFormApi;
  currency: string;
  types: CatalogueChoices['resourceTypes'];
}) {
  const t = useTranslations('catalogue');
  const { money } = useFormat();
  const { form, currency } = props;
  const { techniques, baseMinutes, priceMinor } = form.values;
  const add = (parentKey: string | null) =>
    form.insertListItem('techniques', blank(newKey(techniques), parentKey));
  const remove = (key: string) => {
    const gone = new Set([key]);
    // What is inside goes along.
    for (let size = 0; size !== gone.size; ) {
      size = gone.size;
      for (const each of techniques)
        if (each.parentKey !== null && gone.has(each.parentKey)) gone.add(each.key);
    }
    form.setFieldValue(
      'techniques',
      techniques.filter((each) => !gone.has(each.key)),
    );
  };
  const active = techniques.filter(({ isActive }) => isActive);
  const isWhole = checkTechniques(techniques).length === 0 && Number.isFinite(baseMinutes + priceMinor);
  const reach = isWhole ? reachOf({ minutes: baseMinutes, priceMinor }, active) : null;
  return (
    <Section title={t('techniques')} lead={t('techniquesLead')}>
      <div className="flex flex-col gap-3">
        {asTree(techniques).map(({ index, depth }) => {
          const technique = techniques[index];
          const before = techniques.findLastIndex(
            (other, at) => at < index && other.parentKey === technique?.parentKey,
          );
          return technique === undefined ? null : (
            <TechniqueCard
              key={technique.key}
              {...props}
              technique={technique}
              index={index}
              depth={depth}
              onAddInside={() => add(technique.key)}
              onRemove={() => remove(technique.key)}
              onMoveUp={
                before < 0 ? null : () => form.reorderListItem('techniques', { from: index, to: before })
              }
            />
          );
        })}
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => add(null)}
        >
          {t('addTechnique')}
        </Button>
        {reach !== null && active.length > 0 && (
          <p className="text-sm text-soft" data-tabular suppressHydrationWarning>
            {t('totals', {
              least: reach.least.minutes,
              most: reach.most.minutes,
              from: money(reach.least.priceMinor, currency),
              to: money(reach.most.priceMinor, currency),
            })}
          </p>
        )}
      </div>
    </Section>
  );
}
