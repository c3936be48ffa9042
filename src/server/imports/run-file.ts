/** A file from disk to done in one go: what the command line and whole-folder imports do step by step in the app. */
import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../domain/access/actor.ts';
import type { ImportKind } from '../../domain/import-kinds.ts';
import { type Encoding, type FileShape, type ImportSettings } from '../../domain/import-settings.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { Deps } from '../deps.ts';
import { type Batch, readBatch } from './batch.ts';
import { bringFile, startCheck, startRun } from './commands.ts';
import { storeUpload } from './files.ts';
import { readingFile, UnreadableFile } from './unreadable.ts';
import { continueImport } from './work.ts';

export interface FileRun {
  dataDir: string;
  path: string;
  fileName: string;
  kind?: ImportKind;
  encoding?: Encoding;
  delimiter?: string;
  /** Changes to what the file suggests. */
  adjust?: (suggested: ImportSettings, shape: FileShape) => ImportSettings;
  dryRun?: boolean;
  onProgress?: (batch: Batch) => void;
}

/** Works until the batch rests, beside any worker that does so too. */
export async function settleImport(
  deps: Deps,
  batchId: string,
  onProgress?: (batch: Batch) => void,
): Promise<Batch> {
  let stretches = 0;
  for (;;) {
    await continueImport(deps, batchId, () => {
      stretches += 1;
      return stretches % 4 !== 0;
    });
    const batch = await readBatch(deps.db, batchId);
    if (!batch) throw new Error('the import vanished while it was worked on');
    onProgress?.(batch);
    if (batch.status !== 'checking' && batch.status !== 'running' && batch.status !== 'undoing') return batch;
    await sleep(2); // another worker may hold it
  }
}

/**
 * Stores, inspects, checks and (unless `dryRun`) runs a file. Refuses as these steps do; a text without a known encoding is
 * `unreadable_file` here, since nobody is there to choose.
 */
export async function runFile(deps: Deps, actor: Actor, run: FileRun): Promise<Result<Batch>> {
  const stored = await readingFile(async () =>
    done(await storeUpload(run.dataDir, run.fileName, createReadStream(run.path))),
  );
  if (!stored.ok) return stored;
  const given = {
    ...(run.encoding ? { encoding: run.encoding } : {}),
    ...(run.delimiter ? { delimiter: run.delimiter } : {}),
    ...(run.kind ? { kind: run.kind } : {}),
  };
  const brought = await bringFile(deps, actor, stored.value, given);
  if (!brought.ok) return brought;
  const { batchId } = brought.value;
  const batch = await readBatch(deps.db, batchId);
  if (!batch) return refuse('not_found', { noun: 'import' });
  if (batch.shape.encoding === null && batch.shape.format === 'csv')
    return readingFile(() => Promise.reject(new UnreadableFile('encoding')));
  const settings = run.adjust?.(batch.mapping, batch.shape) ?? batch.mapping;
  const checking = await startCheck(deps, actor, { batchId, settings });
  if (!checking.ok) return checking;
  const checked = await settleImport(deps, batchId, run.onProgress);
  if (run.dryRun || checked.status !== 'checked') return done(checked);
  const running = await startRun(deps, actor, { batchId });
  if (!running.ok) return running;
  return done(await settleImport(deps, batchId, run.onProgress));
}
