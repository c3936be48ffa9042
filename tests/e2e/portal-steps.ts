/** The steps of booking as a client takes them. */
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { devices, expect, type Page } from '@playwright/test';

const { defaultBrowserType: _, ...pixel } = devices['Pixel 7'];

/** A phone held in one hand, in the clinic's own zone. */
export const phone = {
  ...pixel,
  viewport: { width: 390, height: 844 },
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
};

export const newPerson = (firstName: string) => ({
  firstName,
  lastName: 'Gonçalves Pereira',
  email: `${firstName.toLowerCase()}-${randomUUID()}@dermis.test`,
  password: 'a quiet long sentence',
});

/** Rules of WCAG 2.2 AA that axe finds broken, each with where; empty when nothing serious is. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // There are no frames to look into, which is all that the other mode opens a page of its own for.
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

export async function startBooking(page: Page, service: string): Promise<void> {
  await page.goto('/book');
  await page.getByRole('button', { name: new RegExp(`^${service}`) }).click();
}

/** The first start of the shown day. */
export async function chooseTime(page: Page): Promise<void> {
  await startButtons(page).first().click();
}

/** A day of another week that has starts. */
export async function chooseLaterDay(page: Page): Promise<void> {
  await expect(startButtons(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Later days' }).click();
  const nextFree = page.getByRole('button', { name: /^Next free day/ });
  await expect(startButtons(page).first().or(nextFree)).toBeVisible();
  if (await nextFree.isVisible()) await nextFree.click();
}

export const startButtons = (page: Page) =>
  page.getByRole('region', { name: /^(Morning|Afternoon|Evening)$/ }).getByRole('button');

/** A service without techniques, by anyone, at the first free time. */
export async function toDetails(page: Page, service: string): Promise<void> {
  await startBooking(page, service);
  await page.getByRole('button', { name: /^Anyone/ }).click();
  await chooseTime(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Almost done/);
}
