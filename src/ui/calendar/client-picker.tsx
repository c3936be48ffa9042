'use client';

import { Button, Combobox, TextInput, useCombobox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { DraftClient } from './draft.ts';
import { NewClient } from './new-client.tsx';

interface ClientPickerProps {
  client: DraftClient | null;
  onChange: (client: DraftClient | null) => void;
  mayCreate: boolean;
  error: string | null;
}

const create = '+';

/** Finds a card by any part of name, phone or e-mail, or makes a new one without leaving the form. */
export function ClientPicker({ client, onChange, mayCreate, error }: ClientPickerProps) {
  const t = useTranslations('calendar.form');
  const trpc = useTRPC();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState('');
  const [making, setMaking] = useState(false);
  const search = useDeferredValue(typed.trim());
  const { data, isFetching, isError } = useQuery({
    ...trpc.clients.search.queryOptions({ search }),
    enabled: client === null && search.length > 0,
    placeholderData: keepPreviousData,
  });
  const found = search === '' ? [] : (data ?? []);

  // Enter takes the first that was found, once it is there.
  const firstId = found[0]?.clientId;
  const selectFirst = useEffectEvent(() => {
    if (firstId === undefined) combobox.resetSelectedOption();
    else combobox.selectFirstOption();
  });
  useEffect(() => selectFirst(), [firstId]);

  if (client !== null)
    return (
      <div>
        <p className="mb-1 text-sm font-medium">{t('client')}</p>
        <div className="flex items-center gap-3 rounded-md border border-line px-3 py-2">
          <PersonMark name={client.name} hue={hueOf(client.id)} />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{client.name}</span>
            {client.detail !== '' && (
              <span className="block truncate text-sm text-soft">{client.detail}</span>
            )}
          </span>
          <Button variant="subtle" size="sm" onClick={() => onChange(null)}>
            {t('change')}
          </Button>
        </div>
      </div>
    );
  if (making)
    return (
      <NewClient
        typed={typed}
        onCancel={() => setMaking(false)}
        onMade={(made) => {
          setMaking(false);
          setTyped('');
          onChange(made);
        }}
      />
    );
  const choose = (value: string) => {
    combobox.closeDropdown();
    if (value === create) return setMaking(true);
    const card = found.find(({ clientId }) => clientId === value);
    if (!card) return;
    onChange({
      id: card.clientId,
      name: `${card.firstName} ${card.lastName}`.trim(),
      detail: [card.phone, card.email, t('card', { number: card.cardNumber })].filter(Boolean).join(' · '),
    });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <TextInput
          label={t('client')}
          placeholder={t('clientPlaceholder')}
          value={typed}
          error={error}
          data-autofocus
          autoComplete="off"
          leftSection={<Icon name="search" size={18} />}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => typed !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={search === ''}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {found.map((card) => (
            <Combobox.Option key={card.clientId} value={card.clientId}>
              <span className="block font-medium">
                {card.firstName} {card.lastName}
              </span>
              <span className="block text-sm text-soft">
                {[card.phone, card.email, t('card', { number: card.cardNumber })].filter(Boolean).join(' · ')}
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>
              {isError ? t('searchFailed') : isFetching ? t('searching') : t('noClient', { typed: search })}
            </Combobox.Empty>
          )}
          {mayCreate && (
            <Combobox.Option value={create}>
              <span className="flex items-center gap-2 font-medium">
                <Icon name="plus" size={18} />
                {t('newClient')}
              </span>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
