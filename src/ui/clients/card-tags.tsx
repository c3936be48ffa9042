'use client';

import { Combobox, useCombobox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { ClientCard } from './types.ts';

const newTag = 'new';

/** The card's tags; adding and taking off act at once, and the toast brings a tag back. */
export function CardTags({ card, canEdit }: { card: ClientCard; canEdit: boolean }) {
  const t = useTranslations('clients.tags');
  const api = useTRPC();
  const queries = useQueryClient();
  const problem = useProblemText();
  const { clientId } = card;
  const settle = {
    onSuccess: () => queries.invalidateQueries({ queryKey: api.clients.pathKey() }),
    onError: (error: unknown) => void toast(problem(error), { tone: 'danger' }),
  };
  const add = useMutation(api.clients.addTag.mutationOptions(settle));
  const make = useMutation(api.clients.addNewTag.mutationOptions(settle));
  const remove = useMutation(api.clients.removeTag.mutationOptions(settle));
  return (
    <ul className="mt-2 flex flex-wrap items-center gap-1.5">
      {card.tags.map(({ tagId, name, hue, isAccess }) => (
        <li
          key={tagId}
          className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-full pl-2.5 text-sm font-medium"
          style={{
            backgroundColor: `var(--hue-${hue}-soft)`,
            color: `var(--hue-${hue}-ink)`,
            paddingRight: canEdit ? 0 : 10,
          }}
        >
          {isAccess && (
            <span title={t('access')}>
              <Icon name="lock" size={14} />
              <span className="sr-only">{t('access')}</span>
            </span>
          )}
          <span className="truncate">{name}</span>
          {canEdit && (
            <button
              type="button"
              aria-label={t('remove', { name })}
              title={t('remove', { name })}
              onClick={() =>
                remove.mutate(
                  { clientId, tagId },
                  {
                    onSuccess: () =>
                      void toast(t('removed', { name }), { undo: () => add.mutate({ clientId, tagId }) }),
                  },
                )
              }
              className="grid size-7 cursor-pointer place-items-center rounded-full hover:bg-hover pointer-coarse:size-11"
            >
              <Icon name="close" size={14} />
            </button>
          )}
        </li>
      ))}
      {canEdit && (
        <li data-print="hide">
          <TagPicker
            taken={card.tags.map(({ tagId }) => tagId)}
            onPick={(tagId) => add.mutate({ clientId, tagId })}
            onMake={(name) => make.mutate({ clientId, name })}
          />
        </li>
      )}
    </ul>
  );
}

function TagPicker(props: {
  taken: readonly string[];
  onPick: (tagId: string) => void;
  onMake: (name: string) => void;
}) {
  const t = useTranslations('clients.tags');
  const api = useTRPC();
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose() {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setTyped('');
    },
  });
  const choices = useQuery(api.clients.choices.queryOptions(undefined, { staleTime: 300_000 }));
  const wanted = typed.trim().toLocaleLowerCase();
  const all = choices.data?.tags ?? [];
  const offered = all.filter(
    ({ tagId, name }) => !props.taken.includes(tagId) && name.toLocaleLowerCase().includes(wanted),
  );
  const isKnown = all.some(({ name }) => name.toLocaleLowerCase() === wanted);
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={260}
      onOptionSubmit={(value) => {
        if (value === newTag) props.onMake(typed.trim());
        else props.onPick(value);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          onClick={() => combobox.toggleDropdown()}
          className="inline-flex min-h-7 cursor-pointer items-center gap-1 rounded-full border border-dashed border-line-strong px-2.5 text-sm text-soft hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
        >
          <Icon name="plus" size={14} />
          {t('add')}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          maxLength={40}
          aria-label={t('find')}
          placeholder={t('find')}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {offered.map(({ tagId, name, isAccess }) => (
            <Combobox.Option key={tagId} value={tagId}>
              {name}
              {isAccess && <span className="block text-xs text-soft">{t('opens')}</span>}
            </Combobox.Option>
          ))}
          {wanted !== '' && !isKnown && (
            <Combobox.Option value={newTag}>{t('make', { name: typed.trim() })}</Combobox.Option>
          )}
          {wanted === '' && offered.length === 0 && <Combobox.Empty>{t('none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
