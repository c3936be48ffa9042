/** Opening a drawing in a real browser against a production build: two thousand strokes beside none at all. */
import { type BrowserContext, chromium } from '@playwright/test';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { freePort } from '../../scripts/ports.ts';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { CollabProcess } from '../support/collab-process.ts';
import { WebProcess } from '../support/web-process.ts';
import { type Drawings, drawOn, fillDrawings, opened, strokeCount } from './drawing-opening.ts';
import type { BenchContext, Figure } from './reporter.ts';

const rounds = 9;
const most = 2;

interface Stage {
  context: BrowserContext;
  drawings: Drawings;
  origin: string;
}

/** Everything of the figure: database, web process, collab-server and browser, gone when it ends. */
async function onStage<T>({ log }: BenchContext, work: (stage: Stage) => Promise<T>): Promise<T> {
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const database = await openScratchDatabase();
    ends.push(() => database.close());
    const drawings = await fillDrawings(database.url);
    const collabPort = await freePort();
    const web = await WebProcess.start(database.runtimeUrl, { COLLAB_URL: `ws://127.0.0.1:${collabPort}` });
    ends.push(() => web.stop());
    const collab = new CollabProcess(database.runtimeUrl, web.origin);
    collab.port = collabPort;
    ends.push(() => collab.kill());
    await collab.start();
    const browser = await chromium.launch({ executablePath: await findBrowser(log), args: browserArgs });
    ends.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    await context.addCookies([{ ...drawings.cookie, url: web.origin }]);
    return await work({ context, drawings, origin: web.origin });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const listed = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(' ');

const opening: Figure = {
  name: 'drawing.opening_2000',
  unit: '×',
  reach: `≤ ${most} × an empty one, from the navigation to the painted strokes, script cached, medians of ${rounds} in turns`,
  run: (bench) =>
    onStage(bench, async ({ context, drawings, origin }) => {
      const page = await context.newPage();
      const [empty, full]: [number[], number[]] = [[], []];
      const load = (id: string, strokes: number) => opened(page, `${origin}/drawings/${id}`, strokes);
      // The first of each fills the caches, of the browser and of the servers.
      for (let round = -1; round < rounds; round++) {
        const [none, all] = [await load(drawings.empty, 0), await load(drawings.full, strokeCount)];
        bench.progress(round + 1, rounds);
        if (round < 0) continue;
        empty.push(none);
        full.push(all);
      }
      await drawOn(page, strokeCount);
      const value = median(full) / median(empty);
      return {
        value,
        ok: value <= most,
        detail: `empty ${listed(empty)} ms; ${strokeCount} strokes ${listed(full)} ms`,
      };
    }),
};

export const figures: Figure[] = [opening];
