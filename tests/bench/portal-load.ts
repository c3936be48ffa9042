/** What a phone loads of the portal, counted in a browser against the production server. */
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import lighthouse from 'lighthouse';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { freePort } from '../../scripts/ports.ts';

export interface Weight {
  path: string;
  /** On the wire: compressed, with their heads. */
  scriptBytes: number;
  styleBytes: number;
}

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/**
 * A phone is a speed, not a share of whatever machine measures: Chrome's own calibration gives a slow one (Moto G Power
 * 2022) the index 264. Lighthouse's usual factor of four is the most that is taken off.
 */
const phoneIndex = 264;
const usualSlowdown = 4;
export const slowdownFor = (benchmarkIndex: number): number =>
  Math.min(usualSlowdown, Math.max(1, benchmarkIndex / phoneIndex));

export async function openBrowser(): Promise<{ browser: Browser; debugPort: number }> {
  const debugPort = await freePort();
  const browser = await chromium.launch({
    executablePath: await findBrowser(() => undefined),
    args: [...browserArgs, `--remote-debugging-port=${debugPort}`],
  });
  return { browser, debugPort };
}

/** What a page loads with an empty cache until it rests, its late parts included. */
export async function weigh(browser: Browser, origin: string, path: string): Promise<Weight> {
  return onPhone(browser, async (page, session) => {
    const bytes = await countBytes(session);
    await restAt(page, `${origin}${path}`);
    await page.waitForTimeout(2_000);
    return { path, scriptBytes: bytes.get('Script') ?? 0, styleBytes: bytes.get('Stylesheet') ?? 0 };
  });
}

/** The longest task of a first load in milliseconds, 0 where none took 50, on a processor so many times slower. */
export async function longestTask(browser: Browser, url: string, slowdown: number): Promise<number> {
  return onPhone(browser, async (page, session) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(watchTasks);
    await restAt(page, url);
    return readTasks(page);
  });
}

async function onPhone<T>(
  browser: Browser,
  act: (page: Page, session: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    return await act(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

async function restAt(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.waitForLoadState('networkidle');
}

async function countBytes(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await session.send('Network.enable');
  return bytes;
}

function watchTasks(): void {
  const seen: number[] = [];
  Object.assign(window, { longTasks: seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}

const readTasks = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'longTasks');
    return Array.isArray(seen) ? Math.max(0, ...seen.map(Number)) : Number.NaN;
  });

export interface Score {
  accessibility: number;
  performance: number;
  /** Of this machine while it was measured. */
  benchmarkIndex: number;
}

/** Lighthouse's phone and its slow 4G; scores of 0 to 100. */
export async function score(debugPort: number, url: string, slowdown: number): Promise<Score> {
  const result = await lighthouse(url, {
    port: debugPort,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: ['accessibility', 'performance'],
    throttling: { cpuSlowdownMultiplier: slowdown },
  });
  if (!result) throw new Error('Lighthouse gave no result');
  const { categories, environment } = result.lhr;
  const points = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
  return {
    accessibility: points('accessibility'),
    performance: points('performance'),
    benchmarkIndex: environment.benchmarkIndex,
  };
}
