/** A forgotten password, from the link on the sign-in page to signing in with the new one. */
import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { signIn } from '../support/sign-in.ts';
import { DeskApi } from './desk-steps.ts';
import { seriousFindings } from './portal-steps.ts';

const linkIn = (text: string): string | undefined => /\/reset-password#[\w-]{43}/.exec(text)?.[0];

test('a forgotten password is chosen anew by the link in the mail, once', async ({ browser, page }) => {
  const desk = await browser.newContext();
  await signIn(await desk.newPage(), 'administrator');
  const api = new DeskApi(desk);
  const person = {
    name: 'Frieda Sommerfeld',
    email: `frieda-${randomUUID()}@dermis.test`,
    password: 'a quiet long sentence',
  };
  await api.newColleague(person);

  await page.goto('/sign-in');
  await page.locator('a[href="/forgot-password"]').click();
  await page.waitForURL('**/forgot-password');
  await page.getByLabel('E-mail').fill(person.email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox');
  const letters = async () =>
    (await api.lettersTo(person.email)).filter(({ kind }) => kind === 'password_reset');
  await expect.poll(async () => (await letters()).length).toBe(1);
  const link = linkIn((await letters())[0]?.bodyText ?? '') ?? '';

  // Scanners of mail open it too, as often as they like.
  for (let round = 0; round < 3; round++) expect((await page.request.get(link)).ok()).toBe(true);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your new password');
  expect(await seriousFindings(page)).toEqual([]);
  const field = page.locator('input[name="newPassword"]');
  await field.fill('passwordpassword');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is one of those that are tried first.')).toBeVisible();
  await field.fill('the long way round the lake');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your password is changed');

  await page.goto('/sign-out'); // another address, so that the link loads its page anew
  await page.goto(link);
  await field.fill('and yet another way round');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This link has been used or is too old.')).toBeVisible();

  await page.goto('/sign-in');
  await page.locator('input[name="email"]').fill(person.email);
  await page.locator('input[name="password"]').fill('the long way round the lake');
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL('**/today');
  await expect
    .poll(async () => (await api.lettersTo(person.email)).map(({ kind }) => kind))
    .toContain('password_changed');
  await desk.close();
});
