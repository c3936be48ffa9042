/** A client's card as the desk uses it: found, mended, tagged, read, begun, and booked from. */
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs } from '../support/sign-in.ts';
import { bookAhead, bookNow, DeskApi } from './desk-steps.ts';
import { seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

test.beforeEach(async ({ context }) => enterAs(context, 'receptionist'));

/** A card of this test's own, found as a person finds it. */
async function openCard(page: Page, prepare?: (lastName: string) => Promise<void>): Promise<string> {
  const lastName = `Winter ${randomUUID().slice(0, 8)}`;
  await new DeskApi(page.context()).newClient('Ida', lastName);
  await prepare?.(lastName);
  await page.goto('/clients');
  await page.getByRole('searchbox', { name: 'Search clients' }).fill(lastName);
  const name = `Ida ${lastName}`;
  await page.getByRole('table', { name: 'Clients' }).getByText(name, { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  return name;
}

test('found by name, contact mended, a tag put on and taken off again', async ({ page }) => {
  await openCard(page);
  const phone = `+49301${String(Date.now()).slice(-7)}`;
  await page.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Edit the card' });
  await form.getByRole('textbox', { name: 'Phone' }).fill(phone);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The card is saved')).toBeVisible();
  await expect(page.locator(`a[href="tel:${phone}"]`)).toBeVisible();

  const tag = `Likes tea ${randomUUID().slice(0, 6)}`;
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page.getByRole('textbox', { name: 'Find or name a tag' }).fill(tag);
  await page.getByRole('option', { name: `Make “${tag}”` }).click();
  const takeOff = page.getByRole('button', { name: `Remove the tag ${tag}` });
  await expect(takeOff).toBeVisible();
  await takeOff.click();
  await expect(page.getByText(`The tag ${tag} is taken off`)).toBeVisible();
  await expect(takeOff).toBeHidden();
});

test('a card pressed while the search is still on its way to the address opens all the same', async ({
  page,
}) => {
  const lastName = `Sommer ${randomUUID().slice(0, 8)}`;
  await new DeskApi(page.context()).newClient('Ole', lastName);
  await page.goto('/clients?sort=newest');
  const row = page.getByRole('table', { name: 'Clients' }).getByText(`Ole ${lastName}`, { exact: true });
  await expect(row).toBeVisible();
  // Opening takes longer than typing pauses.
  await page.route(/\/clients\/[\da-f-]{36}/, async (route) => {
    await new Promise((wake) => setTimeout(wake, 1_500));
    await route.continue();
  });
  await page.getByRole('searchbox', { name: 'Search clients' }).fill(lastName);
  await row.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Ole ${lastName}`);
});

test('what is to come and what was stand on the card, and today’s visit begins there', async ({
  page,
  context,
}) => {
  const api = new DeskApi(context);
  let aheadId = '';
  await openCard(page, async (clientName) => {
    const ahead = await bookAhead(api, 9, { clientName });
    await bookNow(api, ahead.specialistName, clientName);
    aheadId = ahead.appointmentId;
  });
  const coming = page.getByRole('region', { name: 'Coming visits' });
  await expect(coming.locator(`a[href*="${aheadId}"]`)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Past and cancelled' })).toBeVisible();
  await page.getByRole('button', { name: 'Start the visit' }).click();
  await expect(page.getByText('The visit has begun')).toBeVisible();
  await page.getByRole('button', { name: 'Finish the visit' }).click();
  await expect(page.getByText('The visit is completed')).toBeVisible();
});

test('a visit is booked from the card by keyboard, for this client; back leads to the card', async ({
  page,
}) => {
  const name = await openCard(page);
  const card = page.url();
  const book = page.getByRole('link', { name: 'Book a visit' });
  await book.focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'New visit' });
  await expect(form).toContainText(name);
  await expect(page).toHaveURL(/\/calendar\?client=/);
  expect(await seriousFindings(page)).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(card);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

  // The key that creates everywhere does it here too, and so does the search.
  await page.keyboard.press('c');
  await expect(form).toContainText(name);
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(/\/calendar$/);
  await page.goBack();
  await page.keyboard.press('/');
  await page.keyboard.type('book a vis');
  await page.getByRole('option', { name: 'Book a visit' }).click();
  await expect(form).toContainText(name);

  await form.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: /^Skin consultation/ }).click();
  const free = form.getByRole('group', { name: 'Free starts' }).getByRole('button').last();
  await free.or(form.getByRole('button', { name: /^Next: / })).click();
  await form.getByRole('button', { name: /^Book / }).click();
  await expect(page.getByText(`${name} is booked for`)).toBeVisible();
});
