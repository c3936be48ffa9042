/** How pages are reached whose address only the records know; each answers false where there is nothing to open. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';

/** Settled: loaded and nothing busy any more. An open event stream never lets the network rest. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}

export type Way = (page: Page) => Promise<boolean>;

/** Goes where the first such link leads. */
export const follow =
  (selector: string): Way =>
  async (page) => {
    const link = page.locator(`main ${selector}`).first();
    if ((await link.count()) === 0) return false;
    const href = await link.getAttribute('href');
    if (href === null) return false;
    await page.goto(new URL(href, page.url()).href);
    return true;
  };

/** Goes through the first such links until one leads to a page that has the second. */
export const followThrough =
  (links: string, link: string): Way =>
  async (page) => {
    const hrefs = await page
      .locator(`main ${links}`)
      .evaluateAll((found) => found.map((each) => each.getAttribute('href')));
    for (const href of hrefs.slice(0, 10)) {
      if (href === null) continue;
      await page.goto(new URL(href, page.url()).href);
      if (await follow(link)(page)) return true;
    }
    return false;
  };

/** Opens the first row of the list. */
export const openRow: Way = async (page) => {
  const row = page.locator('tbody[data-rows] tr').first();
  if ((await row.count()) === 0) return false;
  const list = new URL(page.url()).pathname;
  await row.click();
  await page.waitForURL((url) => url.pathname.startsWith(`${list}/`));
  return true;
};

/** Opens the first visit the calendar shows, of today or the first day after that has one. */
export const openVisit: Way = async (page) => {
  for (let days = 0; days < 8; days++) {
    const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await page.goto(new URL(`/calendar?date=${date}`, page.url()).href);
    await settled(page);
    const visit = page.locator('[data-visit]').first();
    if ((await visit.count()) === 0) continue;
    await visit.click();
    await page.getByRole('dialog').waitFor();
    return true;
  }
  return false;
};

/** The form of a new visit, by its key. */
export const newVisit: Way = async (page) => {
  await page.keyboard.press('c');
  await page.getByRole('dialog').waitFor();
  return true;
};

interface Catalogue {
  locations: { id: string }[];
  services: { id: string; techniques: { id: string; selection: string }[] }[];
}

type Question = 'techniques' | 'specialist' | 'time' | 'details';

/** The questions of booking by their addresses, as somebody would open a shared one; null where the clinic sells nothing. */
export async function bookingPaths(origin: string): Promise<Record<Question, string> | null> {
  const answer = await fetch(`${origin}/api/trpc/catalogue.public`);
  const { result } = (await answer.json()) as { result: { data: { json: Catalogue } } };
  const { services, locations } = result.data.json;
  const plain = services.find(({ techniques }) => techniques.length === 0);
  const rich = services.find(({ techniques }) =>
    techniques.some(({ selection }) => selection !== 'required'),
  );
  const [place] = locations;
  if (!plain || !rich || !place) return null;
  const step = (name: Question, item: string, more = '') =>
    `/book?step=${name}&item=${item}&place=${place.id}${more}`;
  return {
    techniques: step('techniques', `${rich.id}..`),
    specialist: step('specialist', `${plain.id}..`),
    time: step('time', `${plain.id}.any.`),
    details: step('details', `${plain.id}.any.`, `&hold=${randomUUID()}`),
  };
}

/** Goes to a question of booking by its address. */
export const question =
  (name: Question): Way =>
  async (page) => {
    const paths = await bookingPaths(new URL(page.url()).origin);
    if (paths === null) return false;
    await page.goto(new URL(paths[name], page.url()).href);
    return true;
  };

/** From the question about time on: takes the first start, which holds it. */
export const takeStart: Way = async (page) => {
  if (!(await question('time')(page))) return false;
  const start = page.locator('section[aria-labelledby^="part-"] button').first();
  await start.waitFor();
  await start.click();
  await page.waitForURL(/step=details/);
  return true;
};
