/** The staff calendar in a real browser against a production build: thirty specialists × three hundred visits a day, one specialist × a week. */
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { WebProcess } from '../support/web-process.ts';
import { fillHouse, type FullHouse } from './calendar-load.ts';
import { cpuBetween, longestOf, type Task, traced } from './main-thread.ts';
import type { BenchContext, Figure } from './reporter.ts';

interface Stage {
  browser: Browser;
  context: BrowserContext;
  house: FullHouse;
  origin: string;
}

/** Everything of one figure: database, web process and browser, gone when it ends. */
async function onStage<T>({ log }: BenchContext, work: (stage: Stage) => Promise<T>): Promise<T> {
  const database = await openScratchDatabase();
  let web: WebProcess | undefined;
  let browser: Browser | undefined;
  try {
    const house = await fillHouse(database.url);
    web = await WebProcess.start(database.runtimeUrl);
    browser = await chromium.launch({ executablePath: await findBrowser(log), args: browserArgs });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    await context.addCookies([{ ...house.cookie, url: web.origin }]);
    return await work({ browser, context, house, origin: web.origin });
  } finally {
    await browser?.close();
    await web?.stop();
    await database.close();
  }
}

interface Loaded {
  /** The page's own work from the data's last byte to the first frame with its visits: script, style, layout and paint. */
  workMs: number;
  /** The same by the clock, whatever else the machine was doing. */
  wallMs: number;
  longestMs: number;
  blocks: number;
}

async function load(page: Page, url: string): Promise<Loaded> {
  const trace = await traced(page, async () => {
    await page.goto(url);
    await page.waitForSelector('[data-grid] [data-visit]');
    await page.waitForTimeout(700);
  });
  const arrived = trace.arrivedMs('booking.calendar');
  const shown = trace.markMs('calendar-shown');
  if (arrived === null || shown === null) throw new Error('the trace lacks the data or the first frame');
  return {
    workMs: cpuBetween(trace, arrived, shown),
    wallMs: shown - arrived,
    longestMs: longestOf(trace.tasks.filter(({ startMs }) => startMs >= arrived && startMs <= shown)).cpuMs,
    blocks: await page.locator('[data-visit]').count(),
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const whole = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(', ');
const rounds = 7;

const script = (name: string, path: (house: FullHouse) => string): Figure => ({
  name,
  unit: 'ms',
  reach: '≤ 1000: the main thread’s work from the data’s arrival to the first frame with visits, median',
  run: (bench) =>
    onStage(bench, async ({ context, house, origin }) => {
      const all: Loaded[] = [];
      for (let round = 0; round < rounds; round++) {
        const page = await context.newPage();
        all.push(await load(page, `${origin}${path(house)}`));
        await page.close();
        bench.progress(round + 1, rounds);
      }
      const value = median(all.map(({ workMs }) => workMs));
      return {
        value,
        ok: value <= 1000 && all.every(({ blocks }) => blocks > 0),
        detail: `all: ${whole(all.map(({ workMs }) => workMs))}; by the clock: ${whole(all.map(({ wallMs }) => wallMs))}; longest task ${Math.max(...all.map(({ longestMs }) => longestMs)).toFixed(0)}; ${all[0]?.blocks} visits in sight of ${path(house).includes('week') ? 70 : 300}`,
      };
    }),
});

/** Right across the columns to the edge, where it scrolls, back again, and down to the evening. */
async function dragAcross(page: Page, lane: number): Promise<void> {
  const block = page.locator(`[data-lane="${lane}"] [data-status="booked"]`).first();
  const box = await block.boundingBox();
  if (!box) throw new Error('no visit in sight to be dragged');
  const [x, y] = [box.x + 20, box.y + 12];
  const frameMs = 16;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 60; step++) {
    await page.mouse.move(Math.min(1420, x + step * 18), y + (step % 20) * 14);
    await page.waitForTimeout(frameMs);
  }
  await page.evaluate(() => document.querySelector('[data-grid]')?.scrollTo({ left: 0 }));
  for (let step = 0; step <= 30; step++) {
    await page.mouse.move(x, Math.min(820, y + step * 18));
    await page.waitForTimeout(frameMs);
  }
  await page.mouse.up();
  await page.waitForTimeout(1_000);
}

const drag: Figure = {
  name: 'booking.calendar_drag_long_task_ms',
  unit: 'ms',
  reach: '≤ 100: the main thread’s longest task from the press to a second after the drop',
  run: (bench) =>
    onStage(bench, async ({ context, house, origin }) => {
      const page = await context.newPage();
      await page.goto(`${origin}/calendar?date=${house.date}`);
      await page.waitForSelector('[data-grid] [data-visit]');
      await page.waitForTimeout(3_000);
      const longest: Task[] = [];
      const drags = 5;
      for (let round = 0; round < drags; round++) {
        const trace = await traced(page, () => dragAcross(page, round + 1));
        longest.push(longestOf(trace.tasks));
        // Where it was refused, the dialog goes; the grid begins anew.
        await page.keyboard.press('Escape');
        await page.evaluate(() => document.querySelector('[data-grid]')?.scrollTo(0, 0));
        await page.waitForTimeout(500);
        bench.progress(round + 1, drags);
      }
      const value = Math.max(...longest.map(({ cpuMs }) => cpuMs));
      return {
        value,
        ok: value <= 100,
        detail: `longest of each of ${drags} drags: ${whole(longest.map(({ cpuMs }) => cpuMs))}; the same by the clock: ${whole(longest.map(({ wallMs }) => wallMs))}`,
      };
    }),
};

export const figures: Figure[] = [
  script('booking.calendar_day_script_ms', ({ date }) => `/calendar?date=${date}`),
  script(
    'booking.calendar_week_script_ms',
    ({ date, specialistId }) => `/calendar?date=${date}&view=week&who=${specialistId}`,
  ),
  drag,
];
