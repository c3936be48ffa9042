/**
 * A drawing's page asks nobody but its own clinic. Tried as it is deployed, over TLS and under a name: on loopback the editor believes
 * that it is being developed and keeps still, and a test would pass for that alone.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserArgs, findBrowser } from '../../scripts/browser.ts';
import { consecutiveFreePorts } from '../../scripts/ports.ts';
import { removeCluster } from '../../scripts/postgres-home.ts';
import { inject, paperOf, saved, stroke, strokes } from '../e2e/drawing-steps.ts';
import { AskedAddresses } from '../support/asked-addresses.ts';
import { demoEmails } from '../support/pages.ts';
import { RunningHouse } from '../support/running-house.ts';
import { drawnClientId } from '../support/seeded-drawings.ts';
import { frontBrowserArgs, frontName, startTlsFront, type TlsFront } from '../support/tls-front.ts';

const password = 'kuvo-rami-selo-tanu';
const patienceMillis = 60_000;
/** Later lines of the editor take themselves off the page five seconds after they came. */
const editorStaysMillis = 6_500;

/** Where none is there yet, a browser is downloaded or installed first. */
const browserIsFetchedMillis = 600_000;
const manyStepsMillis = 240_000;

let folder = '';
let host = '';
let house: RunningHouse;
let front: TlsFront;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dermis-outside-'));
  chmodSync(folder, 0o755); // the user that PostgreSQL runs as has to get in
  const [web = 0, collab = 0, tls = 0] = await consecutiveFreePorts(3);
  host = `${frontName}:${tls}`;
  house = new RunningHouse(path.join(folder, 'data'), web);
  house.start({
    APP_URL: `https://${host}`,
    COLLAB_URL: `wss://${host}/collab`,
    COLLAB_PORT: String(collab),
    TRUSTED_PROXIES: '1',
    DEMO_PASSWORD: password,
  });
  front = await startTlsFront(tls, { web, collab });
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs, ...frontBrowserArgs],
  });
  await house.says('Ctrl-C stops everything');
}, browserIsFetchedMillis);

afterAll(async () => {
  await browser?.close();
  await front?.stop();
  house.kill('SIGTERM');
  await house.exitCode();
  removeCluster(path.join(folder, 'data', 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

async function newContext(
  viewport: { width: number; height: number },
  asked: AskedAddresses,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: `https://${host}`, locale: 'en-GB', viewport });
  context.setDefaultTimeout(patienceMillis);
  await asked.listenTo(context);
  return context;
}

async function newPage(context: BrowserContext, asked: AskedAddresses): Promise<Page> {
  const page = await context.newPage();
  await asked.listenClosely(page);
  return page;
}

/** What a code holds, as the page asks for it: the picture of one isn't read here. */
async function inviteToken(page: Page): Promise<string> {
  const schemeId = new URL(page.url()).pathname.split('/').at(-1);
  const answer = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/api/trpc/drawings.invite', { method: 'POST', headers, body })).text();
    },
    JSON.stringify({ json: { schemeId } }),
  );
  return /"inviteToken":"([^"]+)"/.exec(answer)?.[1] ?? answer;
}

/** What lies on top in the middle of the mark of who made the editor. */
const markIsOnTop = (page: Page): Promise<boolean> =>
  page.locator('.tl-watermark_SEE-LICENSE').evaluate((mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    const shown = mark.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return shown && mark.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

it('nothing that is done on a drawing asks another host, and the editor stays', {
  timeout: manyStepsMillis,
}, async () => {
  const asked = new AskedAddresses();
  const page = await newPage(await newContext({ width: 1440, height: 1000 }, asked), asked);
  // A stranger is led to the sign-in page and from there to the card, under the clinic's own name.
  await page.goto(`/clients/${drawnClientId}`);
  await page.locator('input[name="email"]').fill(demoEmails.specialist);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL(`https://${host}/clients/${drawnClientId}`);

  const drawings = page.getByRole('region', { name: 'Drawings', exact: true });
  await drawings.getByRole('button', { name: 'New drawing' }).click();
  const hands = page
    .getByRole('dialog', { name: 'What do you draw on?' })
    .getByRole('region', { name: 'Hands' });
  await hands.getByRole('button', { name: 'Left' }).click();
  await page.waitForURL(/\/drawings\/[\da-f-]{36}$/);
  await paperOf(page).waitFor();
  await saved(page).waitFor();
  await stroke(page, [0.4, 0.4], [0.6, 0.45]);
  await strokes(page).waitFor();
  await page.keyboard.press('i');
  await page.keyboard.press('2');
  await inject(page, 0.5, 0.6);
  await page.locator('[data-totals]').getByText('1 U').first().waitFor();
  await saved(page).waitFor();

  await page.getByRole('button', { name: 'Let the client join' }).click();
  await page.getByRole('button', { name: 'Show a code' }).click();
  await page.getByRole('img', { name: 'Code to join' }).waitFor();
  const guest = await newPage(await newContext({ width: 390, height: 844 }, asked), asked);
  await guest.goto(`/join/${await inviteToken(page)}`);
  await guest.getByLabel('Your name').fill('Anna');
  await guest.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('group', { name: 'Anna' }).getByRole('button', { name: 'Draw' }).click();
  await guest.locator('[data-drawing="draw"]').waitFor();
  const openedAt = performance.now();
  await saved(guest).waitFor();
  await stroke(guest, [0.4, 0.7], [0.6, 0.75]);
  await strokes(page).nth(1).waitFor();
  await saved(guest).waitFor();
  await sleep(Math.max(0, openedAt + editorStaysMillis - performance.now()));

  for (const each of [page, guest]) {
    expect(await markIsOnTop(each)).toBe(true);
    await stroke(each, [0.3, 0.3], [0.4, 0.35]);
  }
  await strokes(page).nth(3).waitFor();
  await saved(page).waitFor();

  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
  await page.waitForURL(/\/finished/);
  await page.getByRole('img', { name: /as drawn/ }).waitFor();
  expect(asked.beyond(host)).toEqual([]);
  // Two lines over wss, and it was this deployment that was listened to.
  const lines = asked.all().filter((address) => address.startsWith(`wss://${host}/collab/`));
  expect(new Set(lines).size).toBeGreaterThanOrEqual(2);
});

it('hears of what a page tries, also where its policy stops it', async () => {
  const tried = new AskedAddresses();
  const page = await newPage(await newContext({ width: 1440, height: 1000 }, tried), tried);
  await page.goto('/sign-in');
  await page.evaluate(async () => {
    await fetch('https://elsewhere.test/asked').catch(() => undefined);
    const picture = new Image();
    const line = new WebSocket('wss://elsewhere.test/spoken');
    const ended = [picture, line].map(
      (each) => new Promise((resolve) => each.addEventListener('error', resolve)),
    );
    picture.src = 'https://elsewhere.test/shown';
    await Promise.all(ended);
  });
  expect(tried.beyond(host).sort()).toEqual([
    'https://elsewhere.test/asked',
    'https://elsewhere.test/shown',
    'wss://elsewhere.test/spoken',
  ]);
});
