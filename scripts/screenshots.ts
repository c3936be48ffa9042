// npm run screenshots [-- FOLDER] [--only NAME,NAME] [--fast]: every page as each role at three widths, light and dark, in both languages,
// full and empty, into a folder (default: screenshots/). Starts a clinic of its own and leaves nothing behind.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { open, type PageOfProduct, pagesOfProduct, type Role } from '../tests/support/pages.ts';
import { RunningHouse } from '../tests/support/running-house.ts';
import { signIn } from '../tests/support/sign-in.ts';
import { browserArgs, findBrowser } from './browser.ts';
import { withClient } from './migrate.ts';
import { consecutiveFreePorts } from './ports.ts';
import { startDb } from './db.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, fast: { type: 'boolean', default: false } },
});
const folder = path.resolve(positionals[0] ?? 'screenshots');
const only = values.only?.split(',');
const widths = values.fast ? [390, 1440] : [390, 820, 1440];
const modes = ['light', 'dark'] as const;
const locales = values.fast ? (['en'] as const) : (['en', 'ru'] as const);
const demoPassword = 'pictures-of-a-calm-clinic';
process.env.DEMO_PASSWORD = demoPassword;

const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-screenshots-'));
const [port = 0] = await consecutiveFreePorts(4);
const house = new RunningHouse(dataDir, port);
const origin = `http://localhost:${port}`;

interface Look {
  width: number;
  locale: 'en' | 'ru';
}

async function contextFor(browser: Browser, role: Role, { width, locale }: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    isMobile: width < 500,
    hasTouch: width < 900,
  });
  await context.addCookies([{ name: 'locale', value: locale, url: origin }]);
  if (role !== 'nobody') {
    const page = await context.newPage();
    await signIn(page, role, origin);
    await page.close();
    // Signing in brings the account's own language; the picture's comes back.
    await context.addCookies([{ name: 'locale', value: locale, url: origin }]);
  }
  return context;
}

async function take(
  context: BrowserContext,
  of: PageOfProduct,
  fileOf: (mode: (typeof modes)[number]) => string,
): Promise<'taken' | 'absent' | { trouble: string }> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  try {
    const found = await open(page, of, origin).catch((error: unknown) => {
      troubles.push(`never settled: ${String(error).split('\n')[0]}`);
      return true;
    });
    if (!found) return 'absent';
    for (const mode of modes) {
      await page.emulateMedia({ colorScheme: mode });
      await page.waitForTimeout(250);
      await page.screenshot({ path: fileOf(mode), fullPage: true });
    }
    return troubles.length > 0 ? { trouble: `${of.name}: ${troubles[0]}` } : 'taken';
  } finally {
    await page.close();
  }
}

/** Takes the clinic's records away and leaves its accounts: what a new clinic sees on its first day. */
async function empty(): Promise<void> {
  const server = await startDb({ dir: path.join(dataDir, 'postgres') });
  await withClient(server.ownerUrl, async (client) => {
    await client.query(`TRUNCATE appointment, claim, leave, closure, message, history_entry, import_batch, tag, source, change_event,
      visit, idempotency_key CASCADE;
      DELETE FROM client WHERE account_id IS NULL; DELETE FROM service; DELETE FROM service_category`);
  });
}

const troubles = new Set<string>();
let taken = 0;
async function walk(browser: Browser, state: 'full' | 'empty'): Promise<void> {
  const roles: Role[] = ['nobody', 'client', 'specialist', 'receptionist', 'administrator'];
  for (const role of roles) {
    const pages = pagesOfProduct.filter(
      (page) => page.roles.includes(role) && (!only || only.includes(page.name)),
    );
    if (pages.length === 0) continue;
    for (const width of widths)
      for (const locale of locales) {
        const context = await contextFor(browser, role, { width, locale });
        const into = path.join(folder, state, role);
        mkdirSync(into, { recursive: true });
        for (const page of pages) {
          const fileOf = (mode: string) => path.join(into, `${page.name}-${width}-${mode}-${locale}.png`);
          const result = await take(context, page, fileOf);
          if (result === 'absent') continue;
          if (result !== 'taken') troubles.add(`${state} ${role} ${result.trouble}`);
          taken += modes.length;
        }
        await context.close();
      }
    console.log(`${state} ${role}: ${pages.length} pages`);
  }
}

let failed = false;
try {
  house.start({ DEMO_PASSWORD: demoPassword, COLLAB_PORT: String(port + 1) });
  await house.says('Dermis is ready', 300_000);
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
  await walk(browser, 'full');
  await empty();
  await walk(browser, 'empty');
  await browser.close();
  console.log(`${taken} pictures in ${folder}`);
  for (const trouble of troubles) console.log(`  trouble: ${trouble}`);
} catch (error) {
  failed = true;
  console.error(error instanceof Error ? error.message : error);
} finally {
  house.kill('SIGTERM');
  await house.exitCode().catch(() => undefined);
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
