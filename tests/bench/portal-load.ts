/** What a phone loads of the portal, counted in a browser against the production server. */
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import lighthouse from 'lighthouse';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { freePort } from '../../scripts/ports.ts';

export interface Load {
  path: string;
  scriptBytes: number;
  styleBytes: number;
  /** Of the longest task; 0 where none took 50 ms. */
  longestTaskMillis: number;
}

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** What Lighthouse takes a phone of the middle of the market to be. */
const slowdown = 4;

export async function openBrowser(): Promise<{ browser: Browser; debugPort: number }> {
  const debugPort = await freePort();
  const browser = await chromium.launch({
    executablePath: await findBrowser(() => undefined),
    args: [...browserArgs, `--remote-debugging-port=${debugPort}`],
  });
  return { browser, debugPort };
}

/** Loads a page with an empty cache and waits until it rests. Bytes are those on the wire, compressed and with their heads. */
export async function loadOnce(browser: Browser, origin: string, path: string): Promise<Load> {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const bytes = await countBytes(session);
    await page.addInitScript(watchTasks);
    await page.goto(`${origin}${path}`, { waitUntil: 'networkidle' });
    await page.waitForTimeout(500);
    return {
      path,
      scriptBytes: bytes.get('Script') ?? 0,
      styleBytes: bytes.get('Stylesheet') ?? 0,
      longestTaskMillis: await longestTask(page),
    };
  } finally {
    await context.close();
  }
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

const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'longTasks');
    return Array.isArray(seen) ? Math.max(0, ...seen.map(Number)) : Number.NaN;
  });

/** Lighthouse's own phone: its scores of 0 to 100. */
export async function scoreOnce(
  debugPort: number,
  url: string,
): Promise<{ accessibility: number; performance: number }> {
  const result = await lighthouse(url, {
    port: debugPort,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: ['accessibility', 'performance'],
  });
  const score = (name: string): number => Math.round((result?.lhr.categories[name]?.score ?? 0) * 100);
  return { accessibility: score('accessibility'), performance: score('performance') };
}
