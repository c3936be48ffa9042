'use client';

import { Checkbox, Radio, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import { IconButton } from '../kit/icon-button.tsx';
import {
  completed,
  type DraftItem,
  offeredGroups,
  performersOf,
  serviceOf,
  type TechniqueOf,
} from './draft.ts';
import type { Desk } from './types.ts';

interface ServiceFieldsProps {
  desk: Desk;
  item: DraftItem;
  onChange: (item: DraftItem) => void;
  onRemove: (() => void) | null;
  error: string | null;
  isFirst: boolean;
}

/** One service of the visit: what, how, and by whom. */
export function ServiceFields({ desk, item, onChange, onRemove, error, isFirst }: ServiceFieldsProps) {
  const t = useTranslations('calendar.form');
  const format = useFormat();
  const service = serviceOf(desk, item.serviceId);
  const performers = service ? performersOf(service, item.techniqueIds) : [];
  const choose = (serviceId: string | null) => {
    const next = serviceOf(desk, serviceId);
    const techniqueIds = next ? completed(next, []) : [];
    const able = next ? performersOf(next, techniqueIds) : [];
    onChange({
      ...item,
      serviceId,
      techniqueIds,
      specialistId: item.specialistId !== null && able.includes(item.specialistId) ? item.specialistId : null,
    });
  };
  const select = (chosen: readonly string[]) => {
    if (!service) return;
    const techniqueIds = completed(service, chosen);
    const able = performersOf(service, techniqueIds);
    onChange({
      ...item,
      techniqueIds,
      specialistId: item.specialistId !== null && able.includes(item.specialistId) ? item.specialistId : null,
    });
  };
  const extra = ({ minutes, priceMinor }: TechniqueOf): string =>
    [
      minutes === 0 ? null : t('plusMinutes', { minutes: `${minutes > 0 ? '+' : '−'}${Math.abs(minutes)}` }),
      priceMinor === 0 ? null : `${priceMinor > 0 ? '+' : ''}${format.money(priceMinor, desk.currency)}`,
    ]
      .filter((part) => part !== null)
      .join(', ');
  const nameOf = (technique: TechniqueOf) => {
    const more = extra(technique);
    return more === '' ? technique.name : `${technique.name} (${more})`;
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <Select
          className="min-w-0 flex-1"
          label={isFirst ? t('service') : t('anotherService')}
          error={error}
          placeholder={t('servicePlaceholder')}
          searchable
          selectFirstOptionOnChange
          nothingFoundMessage={t('nothingFound')}
          data={desk.categories.map(({ id, name }) => ({
            group: name,
            items: desk.services
              .filter(({ categoryId }) => categoryId === id)
              .map((each) => ({
                value: each.id,
                label: `${each.name} · ${t('minutes', { minutes: each.minutes })}`,
              })),
          }))}
          value={item.serviceId}
          onChange={choose}
          allowDeselect={false}
          maxDropdownHeight={320}
        />
        {onRemove !== null && <IconButton icon="close" label={t('removeService')} onClick={onRemove} />}
      </div>
      {service !== null &&
        offeredGroups(service, item.techniqueIds).map((group) => {
          if (group.kind === 'required')
            return (
              <p key={group.key} className="text-sm text-soft">
                {t('included', { names: group.techniques.map(nameOf).join(', ') })}
              </p>
            );
          if (group.kind === 'one_of')
            return (
              <Radio.Group
                key={group.key}
                label={t('chooseOne')}
                value={group.techniques.find(({ id }) => item.techniqueIds.includes(id))?.id ?? null}
                onChange={(chosen) =>
                  select([
                    ...item.techniqueIds.filter((id) => !group.techniques.some((each) => each.id === id)),
                    chosen,
                  ])
                }
              >
                <div className="mt-1 flex flex-col gap-1.5">
                  {group.techniques.map((technique) => (
                    <Radio key={technique.id} value={technique.id} label={nameOf(technique)} />
                  ))}
                </div>
              </Radio.Group>
            );
          return (
            <fieldset key={group.key} className="flex flex-col gap-1.5">
              <legend className="mb-1 text-sm font-medium">{t('techniques')}</legend>
              {group.techniques.map((technique) => (
                <Checkbox
                  key={technique.id}
                  label={nameOf(technique)}
                  checked={item.techniqueIds.includes(technique.id)}
                  onChange={(event) =>
                    select(
                      event.currentTarget.checked
                        ? [...item.techniqueIds, technique.id]
                        : item.techniqueIds.filter((id) => id !== technique.id),
                    )
                  }
                />
              ))}
            </fieldset>
          );
        })}
      {service !== null && (
        <Select
          label={t('specialist')}
          data={[
            { value: '', label: t('anyone') },
            ...desk.specialists
              .filter(({ id }) => performers.includes(id))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={item.specialistId ?? ''}
          onChange={(value) => onChange({ ...item, specialistId: value === '' ? null : value })}
          allowDeselect={false}
          error={performers.length === 0 ? t('nobodyCan') : undefined}
        />
      )}
    </div>
  );
}
