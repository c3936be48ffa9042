'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icons.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import type { Command } from './commands.tsx';
import { useFindings } from './use-findings.ts';

function SearchPanel({ onClose }: { onClose: () => void }) {
  const t = useTranslations('staff');
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const { groups, pending, failed } = useFindings(query, true);
  const listId = useId();
  const commands = groups.flatMap((group) => group.commands);
  const current = Math.min(active, commands.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;

  function run(command: Command) {
    onClose();
    command.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && commands.length > 0) {
      event.preventDefault();
      const next = (current + step + commands.length) % commands.length;
      setActive(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    }
    const chosen = commands[current];
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      run(chosen);
    }
  }

  const message = pending
    ? t('searching')
    : failed
      ? t('searchFailed')
      : t('results', { count: commands.length });
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Icon name="search" className="shrink-0 text-soft" />
        <input
          role="combobox"
          aria-expanded={commands.length > 0}
          aria-controls={listId}
          aria-activedescendant={current >= 0 ? optionId(current) : undefined}
          aria-autocomplete="list"
          aria-label={t('searchPlaceholder')}
          placeholder={t('searchPlaceholder')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          // biome-ignore lint/a11y/noAutofocus: a search that was asked for is where the typing goes
          autoFocus
          className="h-14 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-soft"
        />
        <KeyHint keys={['Esc']} />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t('search')}
        className="max-h-[min(24rem,55dvh)] overflow-y-auto p-2"
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox
          <div key={group.id} role="group" aria-label={group.label}>
            <p aria-hidden="true" className="px-2 pt-2 pb-1 text-xs font-medium text-soft">
              {group.label}
            </p>
            {group.commands.map((command) => {
              const own = commands.indexOf(command);
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, aria-activedescendant points here
                <div
                  key={command.id}
                  id={optionId(own)}
                  role="option"
                  aria-selected={own === current}
                  onMouseMove={() => setActive(own)}
                  onClick={() => run(command)}
                  className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 ${own === current ? 'bg-accent-soft text-accent' : ''}`}
                >
                  <Icon name={command.icon} className="shrink-0" />
                  <span className="min-w-0 truncate">{command.label}</span>
                  {command.detail !== undefined && (
                    <span className="ml-auto shrink-0 text-sm text-soft">{command.detail}</span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {commands.length === 0 && query !== '' && !pending && (
        <p className="px-4 pb-6 text-center text-soft">{t('searchEmpty', { query })}</p>
      )}
      <p role="status" className="border-t border-line px-4 py-2 text-sm text-soft">
        {query === '' ? t('searchHint') : message}
      </p>
    </>
  );
}

/** Finds clients, actions and pages: `/` or Ctrl K. */
export function CommandSearch({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('staff');
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      label={t('search')}
      className="mx-auto mt-[12dvh] mb-auto w-[min(40rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line bg-surface p-0 text-ink"
    >
      <SearchPanel onClose={onClose} />
    </Dialog>
  );
}
