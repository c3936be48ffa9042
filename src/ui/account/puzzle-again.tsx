'use client';

import { lazy, Suspense } from 'react';
import { refusalOf } from '../trpc/refusal.ts';

// Few people ever see one: no page loads it before.
const Puzzle = lazy(() => import('./puzzle.tsx'));

/** The puzzle by itself, for who knows that one is asked for. */
export function LazyPuzzle({ onSolved }: { onSolved: (solution: string) => void }) {
  return (
    <Suspense>
      <Puzzle onSolved={onSolved} />
    </Suspense>
  );
}

/** Where a call was refused for want of a puzzle: shows one, and `onSolved` sends the same again with it. Else nothing. */
export function PuzzleAgain(props: { error: unknown; onSolved: (puzzle: string) => void }) {
  return needsPuzzle(props.error) ? <LazyPuzzle onSolved={props.onSolved} /> : null;
}

export const needsPuzzle = (error: unknown): boolean => refusalOf(error)?.code === 'captcha_needed';
