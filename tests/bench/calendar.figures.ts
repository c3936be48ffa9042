/** The staff calendar in a real browser against a production build: thirty specialists × three hundred visits a day, one specialist × a week. */
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { openScratchDatabase } from '../../scripts/scratch-database.ts';
import { WebProcess } from '../support/web-process.ts';
import { fillHouse, type FullHouse } from './calendar-load.ts';
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
    web = await WebProcess.start(database.url);
    const house = await fillHouse(database.url, web.origin);
    browser = await chromium.launch({ executablePath: await findBrowser(log), args: browserArgs });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    await context.addCookies([{ ...house.cookie, url: web.origin }]);
    await context.addInitScript(watchLongTasks);
    return await work({ browser, context, house, origin: web.origin });
  } finally {
    await browser?.close();
    await web?.stop();
    await database.close();
  }
}

/** Runs in the page before its own script: keeps every long task and the moment the days' data had arrived. */
function watchLongTasks(): void {
  const tasks: { startTime: number; duration: number }[] = [];
  Reflect.set(window, 'longTasks', tasks);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

interface Loaded {
  /** From the data's last byte to the first frame with its visits on screen. */
  usableMs: number;
  /** Long tasks in that time, for the record. */
  longestTaskMs: number;
  blocks: number;
}

async function load(page: Page, url: string): Promise<Loaded> {
  await page.goto(url);
  await page.waitForSelector('[data-grid] [data-visit]');
  return page.evaluate(async () => {
    const frame = () => new Promise<number>((go) => requestAnimationFrame(go));
    await frame();
    const shown = performance.getEntriesByName('calendar-shown').at(-1)?.startTime ?? performance.now();
    const data = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('booking.calendar'))
      .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0));
    const arrived = Math.min(...data);
    const tasks: { startTime: number; duration: number }[] = Reflect.get(window, 'longTasks');
    return {
      usableMs: shown - arrived,
      longestTaskMs: Math.max(
        0,
        ...tasks
          .filter((task) => task.startTime + task.duration > arrived && task.startTime < shown)
          .map((task) => task.duration),
      ),
      blocks: document.querySelectorAll('[data-visit]').length,
    };
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const rounds = 7;

const script = (name: string, path: (house: FullHouse) => string): Figure => ({
  name,
  unit: 'ms',
  reach: '≤ 1000 from the data’s arrival to a usable calendar, median',
  run: (bench) =>
    onStage(bench, async ({ context, house, origin }) => {
      const all: Loaded[] = [];
      for (let round = 0; round < rounds; round++) {
        const page = await context.newPage();
        all.push(await load(page, `${origin}${path(house)}`));
        await page.close();
        bench.progress(round + 1, rounds);
      }
      const value = median(all.map(({ usableMs }) => usableMs));
      return {
        value,
        ok: value <= 1000 && all.every(({ blocks }) => blocks > 0),
        detail: `all: ${all.map(({ usableMs }) => usableMs.toFixed(0)).join(', ')}; longest task ${Math.max(...all.map(({ longestTaskMs }) => longestTaskMs)).toFixed(0)} ms; ${all[0]?.blocks} visits in sight`,
      };
    }),
});

const drag: Figure = {
  name: 'booking.calendar_drag_long_task_ms',
  unit: 'ms',
  reach: '≤ 100, the longest task from the press to a second after the drop',
  run: (bench) =>
    onStage(bench, async ({ context, house, origin }) => {
      const page = await context.newPage();
      await load(page, `${origin}/calendar?date=${house.date}`);
      await page.waitForTimeout(3_000);
      const longest: number[] = [];
      const drags = 5;
      for (let round = 0; round < drags; round++) {
        const block = page.locator(`[data-lane="${round + 1}"] [data-status="booked"]`).first();
        const box = await block.boundingBox();
        if (!box) throw new Error('no visit in sight to be dragged');
        const since = await page.evaluate(() => performance.now());
        await page.mouse.move(box.x + 20, box.y + 12);
        await page.mouse.down();
        // Right across the columns to the edge, where it scrolls, and back down to the evening.
        for (let step = 1; step <= 60; step++) {
          await page.mouse.move(box.x + 20 + step * 18, box.y + 12 + (step % 20) * 14);
          await page.waitForTimeout(16);
        }
        for (let step = 60; step >= 0; step--) {
          await page.mouse.move(box.x + 20 + step * 2, box.y + 12 + (60 - step) * 8);
          await page.waitForTimeout(16);
        }
        await page.mouse.up();
        await page.waitForTimeout(1_000);
        longest.push(
          await page.evaluate((from) => {
            const tasks: { startTime: number; duration: number }[] = Reflect.get(window, 'longTasks');
            return Math.max(
              0,
              ...tasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration),
            );
          }, since),
        );
        await page.keyboard.press('Escape');
        await page.waitForTimeout(300);
        await page.evaluate(() => document.querySelector('[data-grid]')?.scrollTo(0, 0));
        await page.waitForTimeout(300);
        bench.progress(round + 1, drags);
      }
      const value = Math.max(...longest);
      return {
        value,
        ok: value <= 100,
        detail: `longest of each of ${drags} drags: ${longest.map((each) => each.toFixed(0)).join(', ')} (below 50 ms a task is not long and counts as 0)`,
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
