/** P13's other half: two hundred payloads through every text field, typed and stored, in a real browser on the seeded clinic. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startDb } from '../../scripts/db.ts';
import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { createDb } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { openBrowser } from '../bench/portal-load.ts';
import type { BenchContext, Figure } from '../bench/reporter.ts';
import { open, type PageOfProduct, pagesOfProduct, type Role } from '../support/pages.ts';
import { RunningHouse } from '../support/running-house.ts';
import { enterAs } from '../support/sign-in.ts';
import { Canaries } from './canaries.ts';
import { type Watched, watchContext } from './hostile-page.ts';
import { payloads } from './payloads.ts';
import { plantCard } from './plant.ts';
import { plantHouse } from './plant-house.ts';
import { plantImports } from './plant-imports.ts';
import { chunksOf, plantPayloads } from './plant-payloads.ts';
import { typeEverywhere } from './type-everywhere.ts';

/** A page of nonsense that waits for something waits in vain. */
const patienceMs = 8_000;
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
    context.setDefaultTimeout(patienceMs);
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

/** The seeded clinic in its own house, and a browser of everybody's. */
async function withClinic<T>(work: (byRole: Map<Role, Walk>, dataDir: string) => Promise<T>): Promise<T> {
  process.env.DEMO_PASSWORD = demoPassword;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dermis-payloads-'));
  const [port = 0] = await consecutiveFreePorts(4);
  const house = new RunningHouse(dataDir, port);
  house.start({ DEMO_PASSWORD: demoPassword });
  try {
    await house.says('Dermis is ready', 300_000);
    const { browser } = await openBrowser();
    try {
      return await work(await walks(browser, `http://localhost:${port}`), dataDir);
    } finally {
      await browser.close();
    }
  } finally {
    house.kill('SIGTERM');
    await house.exitCode().catch(() => null);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function foundBy(byRole: Map<Role, Walk>, { log }: BenchContext): string[] {
  const found = [...byRole.values()].flatMap(({ watched }) => [...watched.found]);
  for (const each of found.slice(0, 20)) log(each);
  return found;
}

const typed: Figure = {
  name: 'P13.typed',
  unit: 'executed',
  reach: `0 of ${payloads.length} payloads run, or become more than text, typed into every text field and asked for in addresses`,
  run: (context) =>
    withClinic(async (byRole) => {
      const fields = new Set<string>();
      const all = [...byRole].flatMap(([role, walk]) => walk.pages.map((page) => ({ role, walk, page })));
      for (const [index, { role, walk, page: each }] of all.entries()) {
        const page = await walk.context.newPage();
        if (await open(page, each).catch(() => false))
          for (const field of await typeEverywhere(page, payloads)) fields.add(`${each.name}: ${field}`);
        await walk.watched.look(page);
        await page.close();
        context.progress(index + 1, all.length + addresses.length);
        if (walk.watched.found.size > 0)
          context.log(`${each.name} as ${role}: ${[...walk.watched.found].at(-1)}`);
      }
      for (const [role, address] of addresses) {
        const walk = byRole.get(role);
        const page = await walk?.context.newPage();
        if (walk && page) await askByAddress(page, walk.watched, address);
        await page?.close();
      }
      const found = foundBy(byRole, context);
      return {
        value: found.length,
        ok: found.length === 0 && fields.size > 100,
        detail: `${fields.size} fields on ${all.length} pages; ${addresses.length} addresses × 40 × ${questions.length}`,
      };
    }),
};

/** What the seeded clinic has none of. */
async function plantTheRest(database: { ownerUrl: string }, dataDir: string): Promise<void> {
  const root = createDb(database.ownerUrl, 2);
  const db = systemDb(root, 'figures');
  try {
    const [location, service, specialist] = await Promise.all([
      db.location.findFirstOrThrow(),
      db.service.findFirstOrThrow(),
      db.specialist.findFirstOrThrow(),
    ]);
    const ground = {
      db,
      canaries: new Canaries(),
      locationId: location.id,
      serviceId: service.id,
      now: new Date(),
    };
    await plantCard(ground, 'somebody', null);
    await plantHouse(ground, specialist.id);
    const folder = path.join(dataDir, 'planted');
    mkdirSync(folder, { recursive: true });
    await plantImports(ground, folder);
    await db.product.create({
      data: { id: randomUUID(), code: 'P1', name: 'Serum', priceMinor: 100, costMinor: 50 },
    });
  } finally {
    await root.$disconnect();
  }
}

const stored: Figure = {
  name: 'P13.stored',
  unit: 'executed',
  reach: `0 of ${payloads.length} payloads run, or become more than text, standing in every column of words on every page`,
  run: (context) =>
    withClinic(async (byRole, dataDir) => {
      const database = await startDb({ dir: path.join(dataDir, 'postgres') });
      await plantTheRest(database, dataDir);
      const columns = new Set<string>();
      let opened = 0;
      for (let round = 0; round < chunks.length; round++) {
        for (const column of await plantPayloads(database.ownerUrl, chunks, round)) columns.add(column);
        for (const walk of byRole.values()) opened += await walkThrough(walk);
        context.progress(round + 1, chunks.length);
      }
      const found = foundBy(byRole, context);
      const possible = [...byRole.values()].reduce((sum, { pages }) => sum + pages.length, 0) * chunks.length;
      return {
        value: found.length,
        ok: found.length === 0 && columns.size > 55 && opened > possible * 0.7,
        detail: `${columns.size} columns in ${chunks.length} rounds, ${opened} of ${possible} pages opened to their end`,
      };
    }),
};

export const figures: Figure[] = [stored, typed];
