import type { Tone } from './status-mark.tsx';

export interface Toast {
  id: number;
  text: string;
  tone: Tone;
  /** Offered for as long as the toast stands. */
  undo: (() => void) | null;
  /** Milliseconds until it goes by itself. */
  staysMs: number;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what has just happened; with `undo` the way back stands for eight seconds. */
export function toast(text: string, options: { tone?: Tone; undo?: () => void } = {}): number {
  lastId += 1;
  const undo = options.undo ?? null;
  const made = {
    id: lastId,
    text,
    tone: options.tone ?? 'settled',
    undo,
    staysMs: undo === null ? 5000 : 8000,
  };
  // Four at once is all a person can read.
  publish([...toasts.slice(-3), made]);
  return lastId;
}

export const dismissToast = (id: number): void => publish(toasts.filter((shown) => shown.id !== id));

export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  read: () => toasts,
};
