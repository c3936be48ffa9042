'use client';

import { type KeyboardEvent, useState } from 'react';

/** Rows by keyboard: arrows (or j, k), Home, End move; Space selects, Shift stretches; Enter opens. */
export function useRowKeys(options: {
  ids: readonly string[];
  selected: ReadonlySet<string>;
  onSelect: ((selected: ReadonlySet<string>) => void) | null;
  onOpen: ((id: string) => void) | null;
}) {
  const { ids, selected, onSelect, onOpen } = options;
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = activeId === null ? -1 : ids.indexOf(activeId);
  const active = Math.max(0, found);

  const toggle = (id: string) => {
    if (onSelect === null) return;
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };

  function moveTo(index: number, event: KeyboardEvent<HTMLElement>) {
    const target = Math.min(ids.length - 1, Math.max(0, index));
    const id = ids[target];
    if (id === undefined) return;
    event.preventDefault();
    setActiveId(id);
    if (event.shiftKey && onSelect !== null) {
      onSelect(new Set([...selected, ...ids.slice(Math.min(active, target), Math.max(active, target) + 1)]));
    }
    const rows = event.currentTarget.closest('[data-rows]')?.querySelectorAll<HTMLElement>('[data-row]');
    rows?.[target]?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // Keys pressed inside a row's own control belong to that control.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = ids[active];
    if (event.key === 'ArrowDown' || event.key === 'j') moveTo(active + 1, event);
    else if (event.key === 'ArrowUp' || event.key === 'k') moveTo(active - 1, event);
    else if (event.key === 'Home') moveTo(0, event);
    else if (event.key === 'End') moveTo(ids.length - 1, event);
    else if (event.key === 'Enter' && id !== undefined && onOpen !== null) onOpen(id);
    else if (event.key === ' ' && id !== undefined && onSelect !== null) {
      event.preventDefault();
      toggle(id);
    }
  }

  return {
    toggle,
    rowProps: (id: string, index: number) => ({
      'data-row': id,
      tabIndex: index === active ? 0 : -1,
      onFocus: () => setActiveId(id),
      onKeyDown,
    }),
  };
}
