'use client';

import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { FilterMenu } from '../kit/filter-menu.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { ListAddress } from './address.ts';

const typingPauseMs = 150;

export function FilterBar(props: {
  address: ListAddress;
  contact: boolean;
  onChange: (part: Partial<ListAddress>) => void;
}) {
  const t = useTranslations('clients');
  const api = useTRPC();
  const { address, onChange } = props;
  const [typed, setTyped] = useState(address.search);
  const apply = useEffectEvent((search: string) => {
    if (search !== address.search) onChange({ search });
  });
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const choices = useQuery(api.clients.choices.queryOptions(undefined, { staleTime: 300_000 }));
  const tags = choices.data?.tags ?? [];
  const sources = choices.data?.sources ?? [];
  return (
    <div className="mb-4 flex flex-col gap-3">
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t(props.contact ? 'searchHint' : 'searchHintNames')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<Icon name="search" size={18} />}
        rightSection={
          typed !== '' && <IconButton icon="close" label={t('clear')} onClick={() => setTyped('')} />
        }
        maxLength={80}
        autoComplete="off"
        className="max-w-xl"
      />
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0">
        <FilterMenu
          label={t('filter.upcoming')}
          anyLabel={t('filter.any')}
          choices={[
            { value: 'yes', label: t('filter.upcomingYes') },
            { value: 'no', label: t('filter.upcomingNo') },
          ]}
          chosen={address.upcoming ? [address.upcoming] : []}
          onChoose={([value]) => onChange({ upcoming: value === 'yes' || value === 'no' ? value : null })}
        />
        <FilterMenu
          label={t('filter.tag')}
          anyLabel={t('filter.any')}
          multiple
          choices={tags.map(({ tagId, name }) => ({ value: tagId, label: name }))}
          chosen={address.tagIds}
          onChoose={(tagIds) => onChange({ tagIds })}
        />
        <FilterMenu
          label={t('filter.source')}
          anyLabel={t('filter.any')}
          choices={sources.map(({ sourceId, name }) => ({ value: sourceId, label: name }))}
          chosen={address.sourceId ? [address.sourceId] : []}
          onChoose={([sourceId]) => onChange({ sourceId: sourceId ?? null })}
        />
        <FilterMenu
          label={t('filter.account')}
          anyLabel={t('filter.any')}
          choices={[
            { value: 'linked', label: t('filter.accountLinked') },
            { value: 'none', label: t('filter.accountNone') },
          ]}
          chosen={address.account ? [address.account] : []}
          onChoose={([value]) => onChange({ account: value === 'linked' || value === 'none' ? value : null })}
        />
        <FilterMenu
          label={t('filter.sort')}
          choices={[
            { value: 'name', label: t('filter.sortName') },
            { value: 'newest', label: t('filter.sortNewest') },
          ]}
          chosen={[address.sort]}
          onChoose={([value]) => onChange({ sort: value === 'newest' ? 'newest' : 'name' })}
        />
      </div>
    </div>
  );
}
