/** P13's other half: two hundred payloads through every text field, typed and stored, in a real browser on the seeded clinic. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startDb } from '../../scripts/db.ts';
import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { openBrowser } from '../bench/portal-load.ts';
import type { BenchContext, Figure } from '../bench/reporter.ts';
import { open, type PageOfProduct, pagesOfProduct, type Role } from '../support/pages.ts';
import { RunningHouse } from '../support/running-house.ts';
import { enterAs } from '../support/sign-in.ts';
import { type Watched, watchContext } from './hostile-page.ts';
import { payloads } from './payloads.ts';
import { chunksOf, plantPayloads } from './plant-payloads.ts';
import { typeEverywhere } from './type-everywhere.ts';

const demoPassword = 'figures-of-a-calm-clinic';
const chunks = chunksOf(payloads, 40);

/** Addresses that say what a page shows, with all that any of them asks for. */
const addresses: readonly [Role, string][] = [
  ['nobody', '/sign-in'],
  ['nobody', '/register'],
  ['nobody', '/confirm-email'],
  ['nobody', '/book'],
  ['client', '/second-factor'],
  ['administrator', '/calendar'],
  ['administrator', '/clients'],
  ['administrator', '/messages'],
  ['administrator', '/settings/trail'],
];
const questions = [
  'q',
  'date',
  'view',
  'callbackUrl',
  'error',
  'step',
  'item',
  'place',
  'hold',
  'kind',
  'who',
];

interface Walk {
  pages: PageOfProduct[];
  context: BrowserContext;
  watched: Watched;
}

async function walks(browser: Browser, origin: string): Promise<Map<Role, Walk>> {
  const found = new Map<Role, Walk>();
  for (const role of ['nobody', 'client', 'specialist', 'receptionist', 'administrator'] as const) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, baseURL: origin });
    const watched = await watchContext(context);
    if (role !== 'nobody') await enterAs(context, role);
    found.set(role, { pages: pagesOfProduct.filter(({ roles }) => roles.includes(role)), context, watched });
  }
  return found;
}

/** Every page of the product on a clinic whose every text is a payload; answers how many could be opened. */
async function walkThrough({ pages, context, watched }: Walk): Promise<number> {
  let opened = 0;
  for (const each of pages) {
    const page = await context.newPage();
    // A clinic of nonsense has not everything to open; what there is is looked at.
    if (await open(page, each).catch(() => false)) opened += 1;
    await watched.look(page);
    await page.close();
  }
  return opened;
}

async function askByAddress(page: Page, watched: Watched, address: string): Promise<void> {
  const first = payloads.slice(0, 40);
  for (const [index] of first.entries()) {
    const asked = new URLSearchParams(
      questions.map((name, at) => [name, payloads[(index + at * 17) % payloads.length] ?? '']),
    );
    await page.goto(`${address}?${asked}`, { waitUntil: 'domcontentloaded' });
    await page.waitForTimeout(30);
    await watched.look(page);
  }
}

const hostileTexts: Figure = {
  name: 'P13.payloads',
  unit: 'executed',
  reach: `0 of ${payloads.length} payloads run, or become more than text: typed into every text field, stored in every column of words, and asked for in addresses`,
  async run(context: BenchContext) {
    process.env.DEMO_PASSWORD = demoPassword;
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-payloads-'));
    const [port = 0] = await consecutiveFreePorts(4);
    const house = new RunningHouse(dataDir, port);
    house.start({ DEMO_PASSWORD: demoPassword });
    try {
      await house.says('Dermis is ready', 300_000);
      const { browser } = await openBrowser();
      try {
        return await measure(browser, `http://localhost:${port}`, dataDir, context);
      } finally {
        await browser.close();
      }
    } finally {
      house.kill('SIGTERM');
      await house.exitCode().catch(() => null);
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure(
  browser: Browser,
  origin: string,
  dataDir: string,
  { log, progress }: BenchContext,
): ReturnType<Figure['run']> {
  const byRole = await walks(browser, origin);
  const fields = new Set<string>();
  for (const [role, { pages, context, watched }] of byRole)
    for (const each of pages) {
      const page = await context.newPage();
      if (await open(page, each).catch(() => false))
        for (const field of await typeEverywhere(page, payloads)) fields.add(`${each.name}: ${field}`);
      await watched.look(page);
      await page.close();
      log(`typed on ${each.name} as ${role}: ${fields.size} fields so far`);
    }
  for (const [role, address] of addresses) {
    const walk = byRole.get(role);
    const page = await walk?.context.newPage();
    if (walk && page) await askByAddress(page, walk.watched, address);
    await page?.close();
  }
  log('asked by address');
  const database = await startDb({ dir: path.join(dataDir, 'postgres') });
  let columns = 0;
  let opened = 0;
  for (let round = 0; round < chunks.length; round++) {
    columns = await plantPayloads(database.ownerUrl, chunks, round);
    for (const walk of byRole.values()) opened += await walkThrough(walk);
    progress(round + 1, chunks.length);
  }
  const found = [...byRole.values()].flatMap(({ watched }) => [...watched.found]);
  for (const each of found.slice(0, 20)) log(each);
  const possible = [...byRole.values()].reduce((sum, { pages }) => sum + pages.length, 0) * chunks.length;
  return {
    value: found.length,
    ok: found.length === 0 && fields.size > 60 && columns > 40 && opened > possible * 0.8,
    detail: `typed into ${fields.size} fields; stored in ${columns} columns in ${chunks.length} rounds, ${opened} of ${possible} pages opened whole; ${addresses.length} addresses × 40 × ${questions.length}`,
  };
}

export const figures: Figure[] = [hostileTexts];
