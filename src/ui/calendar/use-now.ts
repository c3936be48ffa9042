'use client';

import { useSyncExternalStore } from 'react';
import { serverNow } from '../trpc/server-clock.ts';

const listeners = new Set<() => void>();
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const tickMs = 10_000;
const minute = () => Math.floor(serverNow() / 60_000) * 60_000;

function tick() {
  const next = minute();
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  document.addEventListener('visibilitychange', tick);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', tick);
    clearInterval(timer);
    timer = undefined;
  };
}

/** The running minute, epoch milliseconds; null while the server renders, which has no minute of the reader's. */
export const useNow = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => {
      if (listeners.size === 0 || current === 0) current = minute();
      return current;
    },
    () => null,
  );
