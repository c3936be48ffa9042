/** A file of half a million rows through the whole importer: flat memory, short transactions, every row once, to the cent. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { createDb } from '../../src/server/db.ts';
import { type Deps, systemDb } from '../../src/server/deps.ts';
import { readBatch } from '../../src/server/imports/batch.ts';
import { bringFile, startCheck, startRun } from '../../src/server/imports/commands.ts';
import { storeUpload } from '../../src/server/imports/files.ts';
import { incomeBy } from '../../src/server/imports/income.ts';
import { continueImport } from '../../src/server/imports/work.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import type { BenchContext, Figure, Outcome } from '../bench/reporter.ts';

const rowCount = 500_000;
const reachMegabytes = 200;
/** A stretch holds the batch's row, and the rows it writes, so long at most. */
const reachStretchMs = 5_000;
const importer = { kind: 'system', task: 'import' } as const;

/** Receipts of a thousand clients; each line costs its row's number in cents. */
async function writeReceipts(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write('Receipt,Date,Description,Client,Staff,Amount,GST\n');
  for (let row = 0; row < rowCount; row += 1) {
    const date = `${String((row % 12) + 1).padStart(2, '0')}/${String((row % 28) + 1).padStart(2, '0')}/2018`;
    const line = `${row},${date},Cut and finish,C${row % 1000},JJ,${(row / 100).toFixed(2)},0.0125\n`;
    if (!out.write(line)) await new Promise((go) => out.once('drain', () => go(null)));
  }
  await new Promise((go) => out.end(() => go(null)));
}

/** Works on, stopped and begun again every few stretches, and answers the longest time between two. */
async function workThrough(deps: Deps, batchId: string, onStretch: () => void): Promise<number> {
  let longest = 0;
  for (;;) {
    let since = performance.now();
    let stretches = 0;
    const left = await continueImport(deps, batchId, () => {
      longest = Math.max(longest, performance.now() - since);
      since = performance.now();
      stretches += 1;
      onStretch();
      return stretches % 200 !== 0;
    });
    if (left === 'rests') return longest;
  }
}

async function halfAMillion({ log, progress }: BenchContext): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dermis-half-a-million-'));
  const database = await openScratchDatabase();
  const db = systemDb(createDb(database.url, 4), 'import');
  const deps: Deps = {
    db,
    queue: { send: async () => undefined, stop: async () => undefined },
    announcer: createAnnouncer(db),
    now: () => new Date(),
    newId: randomUUID,
  };
  try {
    const file = path.join(folder, 'receipts.csv');
    await writeReceipts(file);
    const startedAt = performance.now();
    let peak = 0;
    const before = process.memoryUsage().heapUsed;
    const weigh = () => {
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    };
    const watch = setInterval(weigh, 50);
    const brought = await bringFile(
      deps,
      importer,
      await storeUpload(folder, 'receipts.csv', createReadStream(file)),
    );
    if (!brought.ok) throw new Error(JSON.stringify(brought.refusal));
    const { batchId } = brought.value;
    const batch = await readBatch(db, batchId);
    if (!batch) throw new Error('the import is gone');
    const inspected = performance.now();
    await startCheck(deps, importer, { batchId, settings: batch.mapping });
    let stretches = 0;
    const onStretch = () => {
      stretches += 1;
      progress(Math.min(stretches, 3_100), 3_100);
      weigh();
    };
    const longestCheck = await workThrough(deps, batchId, onStretch);
    const checkedAt = performance.now();
    await startRun(deps, importer, { batchId });
    const longestRun = await workThrough(deps, batchId, onStretch);
    clearInterval(watch);
    const done = await readBatch(db, batchId);
    const [total] = await incomeBy(db, 'all', 'EUR');
    const expected = ((rowCount * (rowCount - 1)) / 2 / 100).toFixed(2);
    const isWhole = done?.status === 'done' && done.counts.history === rowCount && total?.amount === expected;
    const megabytes = Math.round(peak / 1e6);
    const seconds = (ms: number) => (ms / 1000).toFixed(0);
    const longest = Math.max(longestCheck, longestRun);
    log(
      `looked through in ${seconds(inspected - startedAt)} s, checked in ${seconds(checkedAt - inspected)} s, run in ${seconds(performance.now() - checkedAt)} s`,
    );
    return {
      value: megabytes,
      ok: isWhole && megabytes <= reachMegabytes && longest <= reachStretchMs,
      detail: `${Math.round((rowCount / (performance.now() - startedAt)) * 1000)} rows/s, longest stretch ${Math.round(longest)} ms, sum ${total?.amount} of ${expected}`,
    };
  } finally {
    await deps.announcer.stop();
    await db.$disconnect();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const figures: Figure[] = [
  {
    name: 'import.half_a_million_rows',
    unit: 'MB',
    reach: `≤ ${reachMegabytes} MB of heap, every row once and to the cent, no transaction over ${reachStretchMs / 1000} s`,
    run: halfAMillion,
  },
];
