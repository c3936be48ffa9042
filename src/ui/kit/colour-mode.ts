'use client';

import type { MantineColorSchemeManager } from '@mantine/core';
import { useSyncExternalStore } from 'react';

export const colourModes = ['light', 'dark', 'auto'] as const;
export type ColourMode = (typeof colourModes)[number];

const storageKey = 'colour-mode';
const attribute = 'data-mantine-color-scheme';
const listeners = new Set<() => void>();

const isColourMode = (value: unknown): value is ColourMode => colourModes.some((mode) => mode === value);

function read(): ColourMode {
  try {
    const kept = window.localStorage.getItem(storageKey);
    return isColourMode(kept) ? kept : 'auto';
  } catch {
    return 'auto'; // storage may be forbidden
  }
}

function apply() {
  const mode = read();
  const dark = mode === 'auto' ? window.matchMedia('(prefers-color-scheme: dark)').matches : mode === 'dark';
  document.documentElement.setAttribute(attribute, dark ? 'dark' : 'light');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
    window.addEventListener('storage', apply);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', apply);
    window.removeEventListener('storage', apply);
  };
}

function choose(mode: ColourMode) {
  // Whoever listens may answer by setting what it was told: without this both would go on for ever.
  if (mode === read()) return;
  try {
    window.localStorage.setItem(storageKey, mode);
  } catch {
    return; // storage may be forbidden: the device's own mode stays
  }
  apply();
}

/** The mode kept on this device and how to change it; while the server renders, it is the device's own. */
export function useColourMode() {
  return { mode: useSyncExternalStore(subscribe, read, () => 'auto' as const), choose };
}

/** Lets the library's provider follow this store instead of keeping one of its own. */
export function colourModeManager(): MantineColorSchemeManager {
  let leave = () => undefined as void;
  return {
    get: () => (typeof window === 'undefined' ? 'auto' : read()),
    set: choose,
    subscribe(onUpdate) {
      leave = subscribe(() => onUpdate(read()));
    },
    unsubscribe: () => leave(),
    clear: () => choose('auto'),
  };
}
