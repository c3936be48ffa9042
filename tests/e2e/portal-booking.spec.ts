/** A client on a phone: books and registers in one go, moves, repeats and cancels. */
import { expect, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import {
  chooseLaterDay,
  chooseTime,
  newPerson,
  phone,
  seriousFindings,
  startBooking,
  toDetails,
} from './portal-steps.ts';

test.use(phone);

async function findNothing(page: Page) {
  expect(await seriousFindings(page)).toEqual([]);
}

test('books end to end, then moves, repeats and cancels', async ({ page }) => {
  await page.goto('/book');
  await findNothing(page);
  await page.getByRole('button', { name: /^Classic facial/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Classic facial/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await findNothing(page);

  // What has to be chosen is said where it is missing.
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Choose one of these to continue.')).toBeVisible();
  await page.getByText('Vitamin C mask').click();
  await page.getByText('Neck and décolleté').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await findNothing(page);
  await page.getByRole('button', { name: /^Anyone/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When suits you?');
  // Far enough ahead to be moved and cancelled by oneself afterwards.
  await chooseLaterDay(page);
  await chooseTime(page);
  await expect(page.getByText(/Held for you: \d+:\d\d/)).toBeVisible();
  await findNothing(page);

  const person = newPerson('Beatriz');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByLabel('First name')).toBeFocused();
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('Last name').fill(person.lastName);
  await page.getByLabel('E-mail').fill(person.email);

  // A reload loses neither the hold nor a word, the password apart.
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue(person.firstName);
  await expect(page.getByText(/Held for you: \d+:\d\d/)).toBeVisible();
  await page.getByLabel('Choose a password').fill(person.password);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await expect(page.getByText(`We sent a code to ${person.email}`)).toBeVisible();
  await findNothing(page);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Add to calendar' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.ics$/);

  await page.getByRole('link', { name: 'Move or cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your visit');
  const before = await page.locator('dd time').first().textContent();
  await findNothing(page);
  await page.getByRole('link', { name: 'Move', exact: true }).click();
  await findNothing(page);
  await chooseLaterDay(page);
  await chooseTime(page);
  await page.getByRole('button', { name: 'Move the visit' }).click();
  await expect(page.getByText(/Your visit is moved to/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your visit');
  await expect(page.locator('dd time').first()).not.toHaveText(before ?? '');

  await page.getByRole('button', { name: 'I will come' }).click();
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Book the same again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When suits you?');
  await expect(page.locator('details summary')).toContainText('Classic facial');
  await page.goBack();

  await page.getByRole('button', { name: 'Cancel the visit' }).click();
  await findNothing(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(page.getByText('Your visit is cancelled.')).toBeVisible();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await page.goto('/visits');
  await expect(page.getByRole('region', { name: 'Past' }).getByText('Classic facial')).toBeVisible();
  await findNothing(page);
});

test('two services in one visit; back and forward lose nothing', async ({ page }) => {
  await startBooking(page, 'Lymphatic massage');
  await page.getByRole('button', { name: /^Anyone/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When suits you?');
  await page.locator('details summary').click();
  await page.getByRole('button', { name: 'Add another service' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What else would you like done?');
  await page.getByRole('button', { name: /^Skin booster/ }).click();
  await page.getByRole('button', { name: /^Dr Elena Hoffmann/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When suits you?');
  await expect(page.locator('details summary')).toContainText('Lymphatic massage, Skin booster');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who should do it?');
  await page.goForward();
  await expect(page.locator('details summary')).toContainText('Lymphatic massage, Skin booster');
  await page.reload();
  await expect(page.locator('details summary')).toContainText('Lymphatic massage, Skin booster');
});

test('a press that counts before the router listens leads on all the same', async ({ page }) => {
  await page.goto('/book');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // As long as the router hasn't put its own in place, the browser's stands there.
  await page.waitForFunction(() => Object.hasOwn(window.history, 'pushState'));
  await page.evaluate(() => Reflect.deleteProperty(window.history, 'pushState'));
  await page.getByRole('button', { name: /^Lymphatic massage/ }).click();
  await expect(page.getByRole('button', { name: /^Anyone/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: /^Lymphatic massage/ })).toBeVisible();
});

test('a request that needs approval says so', async ({ page }) => {
  await startBooking(page, 'Lip filler');
  await page.getByText('Needle', { exact: true }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /^Dr Elena Hoffmann/ }).click();
  await chooseTime(page);
  const person = newPerson('Clara');
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Choose a password').fill(person.password);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your request is sent');
});

test('who has an account signs in half-way and keeps the hold', async ({ page, baseURL }) => {
  const person = newPerson('Daniela');
  const answer = await page.request.post('/api/trpc/account.register', {
    headers: { origin: baseURL ?? '' },
    data: { json: { ...person, phone: null, locale: 'en' } },
  });
  expect(answer.ok()).toBe(true);
  await page.context().clearCookies();
  await toDetails(page, 'Lymphatic massage');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('input[name="email"]').fill(person.email);
  await page.locator('input[name="password"]').fill(person.password);
  await page.locator('form button[type="submit"]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Almost done: is everything right?');
  await expect(page.getByText(/Held for you: \d+:\d\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
});

test('what newcomers cannot book is said before they type anything', async ({ page }) => {
  await startBooking(page, 'Laser hair removal, legs');
  await expect(page.getByText(/Laser patch test comes first, at least 24 hours before/)).toBeVisible();
});
