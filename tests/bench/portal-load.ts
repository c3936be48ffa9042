/** What a phone loads of the portal, counted in a browser against the production server. */
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import lighthouse from 'lighthouse';
import { pageFunctions } from 'lighthouse/core/lib/page-functions.js';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { freePort } from '../../scripts/ports.ts';
import { longestOf, traced } from './main-thread.ts';

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
const slowdownFor = (benchmarkIndex: number): number =>
  Math.min(usualSlowdown, Math.max(1, benchmarkIndex / phoneIndex));

/** How many times slower a phone is than this machine at this moment, whatever else it does. */
export async function slowdownNow(browser: Browser): Promise<number> {
  const page = await browser.newPage();
  try {
    const index: unknown = await page.evaluate(`(${pageFunctions.computeBenchmarkIndex.toString()})()`);
    return slowdownFor(Number(index));
  } finally {
    await page.close();
  }
}

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

/** CPU time of the main thread's longest task of a first load in milliseconds, at the speed of a phone. */
export async function longestTask(browser: Browser, url: string): Promise<number> {
  const slowdown = await slowdownNow(browser);
  return onPhone(browser, async (page, session) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    return longestOf((await traced(page, () => restAt(page, url))).tasks).cpuMs;
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

export interface Score {
  accessibility: number;
  performance: number;
  /** How many times slower than this machine the phone was. */
  slowdown: number;
}

/** By how much the machine's speed may differ before and after a load that counts. */
const steadyWithin = 0.15;
const mostLoads = 6;

/**
 * Lighthouse's phone and its slow 4G; scores of 0 to 100. It takes its tasks by the clock, so a load counts only where
 * the machine was as fast after it as before; of an unsteady machine's loads the steadiest counts.
 */
export async function score(browser: Browser, debugPort: number, url: string): Promise<Score> {
  let steadiest: { drift: number; score: Score } | undefined;
  for (let load = 0; load < mostLoads; load++) {
    const before = await slowdownNow(browser);
    const points = await lighthousePoints(debugPort, url, before);
    if (!points) continue; // Lighthouse itself gave up, as it does when the machine stands still
    const drift = Math.abs((await slowdownNow(browser)) / before - 1);
    if (!steadiest || drift < steadiest.drift) steadiest = { drift, score: { ...points, slowdown: before } };
    if (drift <= steadyWithin) break;
  }
  if (!steadiest) throw new Error('Lighthouse gave no result');
  return steadiest.score;
}

async function lighthousePoints(
  debugPort: number,
  url: string,
  slowdown: number,
): Promise<{ accessibility: number; performance: number } | null> {
  const result = await lighthouse(url, {
    port: debugPort,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: ['accessibility', 'performance'],
    throttling: { cpuSlowdownMultiplier: slowdown },
  });
  const scores = ['accessibility', 'performance'].map((name) => result?.lhr.categories[name]?.score);
  const [accessibility, performance] = scores;
  if (typeof accessibility !== 'number' || typeof performance !== 'number') return null;
  return { accessibility: Math.round(accessibility * 100), performance: Math.round(performance * 100) };
}
