/** The worker's side: takes a batch as far as its time allows, a stretch of rows a transaction, and goes on later. */
import type { Deps } from '../deps.ts';
import { type Batch, readBatch } from './batch.ts';
import { planRows } from './plan-step.ts';
import { readRows } from './read-step.ts';
import { undoRows } from './undo-step.ts';
import { UnreadableFile } from './unreadable.ts';
import { runRows } from './write-step.ts';

/** One job works so long before it hands on to the next: jobs end well before the queue gives them up. */
const jobMs = 60_000;

async function step(deps: Deps, batch: Batch, mayGoOn: () => boolean): Promise<Batch | null> {
  if (batch.status === 'running') return runRows(deps, batch, mayGoOn);
  if (batch.status === 'undoing') return undoRows(deps, batch, mayGoOn);
  return batch.cursor.step === 'plan' ? planRows(deps, batch, mayGoOn) : readRows(deps, batch, mayGoOn);
}

const isWorking = ({ status }: Batch): boolean =>
  status === 'checking' || status === 'running' || status === 'undoing';

/**
 * Works on until the batch rests or `mayGoOn` says stop. Safe to call twice at once and after a crash at any point:
 * every stretch is one transaction that begins where the last one ended. Answers whether work is left.
 */
export async function continueImport(
  deps: Deps,
  batchId: string,
  mayGoOn: () => boolean = () => true,
): Promise<'rests' | 'more'> {
  for (;;) {
    const batch = await readBatch(deps.db, batchId);
    if (!batch || !isWorking(batch)) return 'rests';
    try {
      const after = await step(deps, batch, mayGoOn);
      if (!after) return 'rests'; // somebody else has gone on with it
      if (isWorking(after) && !mayGoOn()) return 'more';
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      const reason = error.detail === undefined ? error.reason : `${error.reason}:${error.detail}`;
      await deps.db.importBatch.update({
        where: { id: batchId },
        data: { status: 'failed', statusReason: reason },
      });
      return 'rests';
    }
  }
}

/** The job: a stretch of time's work, then another job for the rest. What it trips over is left in the batch's row. */
export async function runImportJob(deps: Deps, batchId: string, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + jobMs;
  try {
    const left = await continueImport(deps, batchId, () => performance.now() < endsAt && !signal.aborted);
    if (left === 'more') await deps.db.$transaction((tx) => deps.queue.send(tx, 'run-import', { batchId }));
  } catch (error) {
    await deps.db.importBatch
      .updateMany({ where: { id: batchId }, data: { statusReason: 'interrupted' } })
      .catch(() => undefined);
    throw error; // the queue tries again; rows written stay written
  }
}
