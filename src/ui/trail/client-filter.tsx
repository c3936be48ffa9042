'use client';

import { Combobox, useCombobox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { Icon } from '../kit/icons.tsx';
import { useTRPC } from '../trpc/client.ts';

/** Narrows the trail to one client, found by any part of the name. */
export function ClientFilter({ onPick }: { onPick: (clientId: string, name: string) => void }) {
  const t = useTranslations('trail.filters');
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose() {
      combobox.resetSelectedOption();
      setTyped('');
    },
  });
  const { data: found = [] } = useQuery({
    ...trpc.clients.search.queryOptions({ search, limit: 8 }),
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  });
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={280}
      onOptionSubmit={(clientId) => {
        const card = found.find((each) => each.clientId === clientId);
        if (card) onPick(clientId, fullName(card));
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          onClick={() => combobox.toggleDropdown()}
          className="inline-flex min-h-8 shrink-0 cursor-pointer items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm whitespace-nowrap text-ink hover:bg-hover pointer-coarse:min-h-11"
        >
          {t('client')}
          <Icon name="chevronDown" size={14} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          maxLength={80}
          aria-label={t('findClient')}
          placeholder={t('findClient')}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {found.map((card) => (
            <Combobox.Option key={card.clientId} value={card.clientId}>
              {fullName(card)}
            </Combobox.Option>
          ))}
          {search.length > 1 && found.length === 0 && <Combobox.Empty>{t('noClient')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
