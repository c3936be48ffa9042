/** Gathers what each person changes into the steps that history shows: one for as long as they draw without a pause. */
import type { PackedStep, StepToKeep } from '../src/server/schemes/steps.ts';
import type { Writer } from '../src/server/schemes/writers.ts';

type Candidate = Record<string, unknown>;

const pauseMs = 2_000;
const longestMs = 15_000;
/** A step is written anew for as long as it goes on: one of so many records is left and another begun. */
const mostRecords = 200;

interface OpenStep {
  id: bigint | null;
  writer: Writer;
  at: number;
  untilAt: number;
  changes: Map<string, { before: Candidate | null; after: Candidate | null }>;
  /** Nothing is added to it any more. */
  isClosed: boolean;
  /** What is known of it is written down. */
  isKept: boolean;
}

export interface Touched {
  id: string;
  before: Candidate | null;
  after: Candidate | null;
}

/** Steps on their way into the database. */
export interface Taken {
  steps: StepToKeep[];
  /** Once they are written. */
  kept(ids: PackedStep['id'][]): void;
}

export class StepLog {
  #steps: OpenStep[] = [];

  note(writer: Writer, touched: readonly Touched[], now: number): void {
    if (touched.length === 0) return;
    const key = keyOf(writer);
    let own: OpenStep | undefined;
    for (const step of this.#steps) {
      if (step.isClosed) continue;
      const isOwn = keyOf(step.writer) === key;
      // In the order in which they happened: who draws on after another has changed the same mark begins a new step.
      const isOver = isOwn
        ? now - step.untilAt > pauseMs || now - step.at > longestMs || step.changes.size >= mostRecords
        : touched.some(({ id }) => step.changes.has(id));
      if (isOver) step.isClosed = true;
      else if (isOwn) own = step;
    }
    if (!own) {
      own = { id: null, writer, at: now, untilAt: now, changes: new Map(), isClosed: false, isKept: false };
      this.#steps.push(own);
    }
    own.untilAt = now;
    own.isKept = false;
    for (const { id, before, after } of touched) {
      const change = own.changes.get(id);
      if (change) change.after = after;
      else own.changes.set(id, { before, after });
    }
  }

  /** Changed elsewhere: whoever draws on here does so after that, and so in another step. */
  interrupt(touched: readonly Touched[]): void {
    for (const step of this.#steps) if (touched.some(({ id }) => step.changes.has(id))) step.isClosed = true;
  }

  take(): Taken {
    const taken = this.#steps.filter((step) => !step.isKept && (step.id !== null || hasMade(step)));
    this.#steps = this.#steps.filter((step) => !step.isClosed || taken.includes(step));
    for (const step of taken) step.isKept = true;
    return {
      steps: taken.map(({ id, writer, at, untilAt, changes }) => ({
        id,
        writer,
        kind: 'drawn',
        at: new Date(at),
        untilAt: new Date(untilAt),
        changes: new Map(
          [...changes]
            .filter(([, { before, after }]) => before !== null || after !== null)
            .map(([record, { before, after }]) => [record, [before, after]]),
        ),
      })),
      kept: (ids) => {
        for (const [index, step] of taken.entries()) {
          step.id = ids[index] ?? null;
          // Removed by somebody in between: what comes is a step of its own.
          if (step.id === null) step.isClosed = true;
        }
      },
    };
  }
}

/** What came and went before it was ever written down leaves nothing to go back to. */
const hasMade = ({ changes }: OpenStep): boolean =>
  [...changes.values()].some(({ before, after }) => before !== null || after !== null);

const keyOf = ({ accountId, guestId }: Writer): string => accountId ?? guestId ?? '';
