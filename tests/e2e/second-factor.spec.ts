/** A second factor from its picture to signing in with it; and a shared tablet: locked, come back to by PIN, proven by password. */
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { test } from '../support/browser-test.ts';
import { signIn } from '../support/sign-in.ts';
import { DeskApi } from './desk-steps.ts';
import { seriousFindings } from './portal-steps.ts';

const password = 'a quiet long sentence';

async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
}

async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: `Digit ${digit}` }).click();
}

test('set up, signed in with, and spared by a PIN on a shared tablet', async ({ browser, page }) => {
  const desk = await browser.newContext();
  await signIn(await desk.newPage(), 'administrator');
  const name = `Greta Winterstein ${randomUUID().slice(0, 4)}`;
  const email = `greta-${randomUUID()}@dermis.test`;
  await new DeskApi(desk).newColleague({ name, email, password });
  await desk.close();

  await signInAs(page, email);
  await page.waitForURL('**/today');
  await page.goto('/account');
  await page.getByRole('region', { name: 'Second factor' }).getByRole('link', { name: 'Set it up' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  const seed = ((await page.locator('p.select-all').textContent()) ?? '').replaceAll(' ', '');
  const code = (offset: bigint) => codeAt(seed, stepAt(new Date()) + offset);
  await page.getByLabel('Code the app shows').fill(code(0n));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep these recovery codes');
  const codes = await page.locator('main ul li').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.waitForURL('**/account');
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();

  const pin = page.getByRole('region', { name: 'PIN for shared tablets' });
  await pin.getByLabel('Six digits').fill('123456');
  await pin.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(pin.getByText('This PIN is easy to guess')).toBeVisible();
  await pin.getByLabel('Six digits').fill('839271');
  await pin.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(pin.getByText('You have a PIN.')).toBeVisible();

  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).last().click();
  await page.waitForURL('**/sign-in');
  await expect(page.getByRole('button', { name })).toBeHidden(); // signed out for good
  await signInAs(page, email);
  await page.locator('input[name="code"]').fill(code(1n));
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL('**/today');

  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.waitForURL('**/sign-in');
  await page.getByRole('button', { name }).click();
  expect(await seriousFindings(page)).toEqual([]);
  await typePin(page, '470962');
  await expect(page.getByText('This code is wrong.')).toBeVisible();
  await page.keyboard.type('839271');
  await page.waitForURL('**/today');

  // A PIN opens less: what matters asks who holds the tablet.
  await page.goto('/account');
  await pin.getByLabel('Six digits').fill('470962');
  await pin.getByRole('button', { name: 'Change the PIN' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it’s you' });
  await dialog.locator('input[name="password"]').fill(password);
  await page.keyboard.press('Enter');
  await dialog.locator('input[name="code"]').fill(codes[0] ?? '');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your PIN is set.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();

  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('button', { name: 'Hand over to a client' }).click();
  await page.waitForURL('**/book');
  expect((await page.request.get('/today', { maxRedirects: 0 })).status()).toBe(307);
});
