'use client';
'use no memo';

import { needsPuzzle, PuzzleAgain } from '../account/puzzle-again.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import type { Hold } from './use-hold.ts';

/** Why a start could not be held, where there is nothing else to offer; or the puzzle that is asked for first. */
export function HoldProblem({ hold }: { hold: Hold }) {
  const problem = useProblemText();
  if (hold.problem === null) return null;
  if (needsPuzzle(hold.problem)) return <PuzzleAgain error={hold.problem} onSolved={hold.takeAgain} />;
  return (
    <p role="alert" className="mb-4 text-danger">
      {problem(hold.problem)}
    </p>
  );
}
