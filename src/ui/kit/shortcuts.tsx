'use client';

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';

export interface Shortcut {
  /** `KeyboardEvent.key`, with `ctrl+` before it for Ctrl or Command: `c`, `?`, `ArrowLeft`, `ctrl+k`. */
  keys: string;
  /** What it does, in the reader's language. */
  label: string;
  /** `everywhere` or what only this page knows. */
  scope?: 'everywhere' | 'page';
}

interface Registry {
  add(shortcut: Shortcut, act: () => void): () => void;
  list(): readonly Shortcut[];
}

const ShortcutContext = createContext<Registry | null>(null);

/** Single letters belong to whoever is typing; Ctrl combinations and Escape don't. A radio or a checkbox only keeps its arrows. */
function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input:is([type="radio"], [type="checkbox"])')) return key.startsWith('Arrow');
  return target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null;
}

function keysOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
}

/** One listener for all keys; what is mounted last answers first, so a page may take a key over for its time. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [entries] = useState<{ shortcut: Shortcut; act: () => void }[]>([]);
  const [registry] = useState<Registry>(() => ({
    add(shortcut, act) {
      const entry = { shortcut, act };
      entries.push(entry);
      return () => void entries.splice(entries.indexOf(entry), 1);
    },
    list: () => [...new Map(entries.map(({ shortcut }) => [shortcut.keys, shortcut])).values()],
  }));
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const keys = keysOf(event);
      const free = keys.startsWith('ctrl+');
      if (!free && (isTyping(event.target, event.key) || document.querySelector('dialog[open]') !== null))
        return;
      // Letters are found by their place on the keyboard too: people type Cyrillic here.
      const byPlace = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
      const wanted = [keys, byPlace === undefined ? null : `${free ? 'ctrl+' : ''}${byPlace}`];
      const entry = entries.findLast(({ shortcut }) => wanted.includes(shortcut.keys));
      if (entry === undefined) return;
      event.preventDefault();
      entry.act();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [entries]);
  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}

/** Answers a key for as long as the component is mounted. Outside a provider it does nothing. */
export function useShortcut(shortcut: Shortcut, act: () => void, enabled = true): void {
  const registry = useContext(ShortcutContext);
  const { keys, label, scope } = shortcut;
  const onKey = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return;
    return registry?.add({ keys, label, scope: scope ?? 'page' }, () => onKey());
  }, [registry, keys, label, scope, enabled]);
}

/** Reads, when asked, the keys that answer at this moment. */
export function useShortcutList(): () => readonly Shortcut[] {
  const registry = useContext(ShortcutContext);
  return () => registry?.list() ?? [];
}
