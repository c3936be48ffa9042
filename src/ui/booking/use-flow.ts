'use client';

import { useSearchParams } from 'next/navigation';
import { showAddress } from '../kit/show-address.ts';
import type { Catalogue } from './catalogue.ts';
import { readSelection, type Selection, writeSelection } from './selection.ts';
import { settled, stepsOf } from './steps.ts';

export interface Flow {
  selection: Selection;
  step: number;
  steps: number;
  /** Carries on with what changed; `replace` corrects the page somebody is on without another step back. */
  go(change: Partial<Selection>, how?: 'push' | 'replace'): void;
  /** The same as a page of its own. */
  addressOf(change: Partial<Selection>): string;
  /** Undefined on the first question. */
  back: (() => void) | undefined;
}

/** How many pages of this booking lie behind in the browser's history: only into those may "back" lead. */
function depthOf(state: unknown): number {
  if (typeof state !== 'object' || state === null || !('bookingDepth' in state)) return 0;
  return typeof state.bookingDepth === 'number' ? state.bookingDepth : 0;
}

/** The selection as the address has it, and the ways on and back. The browser's own buttons do the same. */
export function useFlow(catalogue: Catalogue): Flow {
  const selection = settled(catalogue, readSelection(useSearchParams()));
  const steps = stepsOf(catalogue, selection);
  const position = steps.indexOf(selection.step);

  const addressOf = (change: Partial<Selection>) => `/book${writeSelection({ ...selection, ...change })}`;

  function go(change: Partial<Selection>, how: 'push' | 'replace' = 'push') {
    const address = addressOf(change);
    const depth = depthOf(window.history.state);
    showAddress(address, how, { bookingDepth: how === 'push' ? depth + 1 : depth });
  }

  function back() {
    const before = steps[position - 1];
    if (depthOf(window.history.state) > 0) window.history.back();
    else if (before) go({ step: before }, 'replace');
  }

  const onwards = { go, addressOf, back: position > 0 ? back : undefined };
  return { selection, step: position + 1, steps: steps.length, ...onwards };
}
