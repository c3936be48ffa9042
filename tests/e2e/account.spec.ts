/** One's own account: the same page for clients and staff, in the language of whoever reads it; and the door to it. */
import { type BrowserContext, expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import superjson from 'superjson';
import { demoEmails } from '../support/pages.ts';
import { enterAs } from '../support/sign-in.ts';
import { seriousFindings } from './portal-steps.ts';

async function savedLanguage(context: BrowserContext): Promise<unknown> {
  const answer = await context.request.get('/api/trpc/account.me', {
    headers: { 'accept-encoding': 'identity' },
  });
  return Object(superjson.deserialize(Object(Object(await answer.json()).result).data)).locale;
}

test('a house too busy to sign anybody in says so, and keeps what was typed', async ({ page }) => {
  await page.goto('/sign-in');
  const door = '**/api/auth/callback/credentials*';
  await page.route(door, (route) =>
    route.fulfill({ status: 503, headers: { 'retry-after': '2' }, json: { error: 'busy' } }),
  );
  const [email, password] = [page.locator('input[name="email"]'), page.locator('input[name="password"]')];
  await email.fill(demoEmails.client);
  await password.fill(process.env.DEMO_PASSWORD ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'very busy' })).toBeVisible();
  await expect(email).toHaveValue(demoEmails.client);
  await expect(password).toHaveValue(process.env.DEMO_PASSWORD ?? '');
  await page.unroute(door);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/visits');
});

for (const [role, path] of [
  ['client', '/me'],
  ['specialist', '/account'],
] as const) {
  test(`${role}: one account page, and its language follows the switch`, async ({ page, context }) => {
    await enterAs(context, role);
    await page.goto(path);
    for (const name of ['Name and phone', 'E-mail', 'Language', 'Password', 'This device'])
      await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);

    const phone = page.getByRole('textbox', { name: 'Phone' });
    await phone.fill('+49 30 123456');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();

    await page.getByRole('radio', { name: 'Русский' }).click();
    await expect(page.getByRole('region', { name: 'Язык', exact: true })).toBeVisible();
    await expect.poll(() => savedLanguage(context)).toBe('ru');
    // The switch at the top is the same choice.
    await page.getByRole('button', { name: /English/ }).click();
    await expect(page.getByRole('region', { name: 'Language', exact: true })).toBeVisible();
    await expect.poll(() => savedLanguage(context)).toBe('en');
  });
}

test('a wrong password is said at its field, and changes nothing', async ({ page, context }) => {
  await enterAs(context, 'client');
  await page.goto('/me');
  await page.locator('input[name="currentPassword"]').fill('a loud evening');
  await page.locator('input[name="newPassword"]').fill('another quiet morning');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('This isn’t your current password.')).toBeVisible();
  await expect(page.locator('input[name="newPassword"]')).toHaveValue('another quiet morning');
});

test('a button pressed before the page’s script has come is done once it has', async ({ page, context }) => {
  await enterAs(context, 'client');
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/second-factor?callbackUrl=/me', { waitUntil: 'commit' });
  const begin = page.getByRole('button', { name: 'Begin' });
  await begin.click();
  await expect(begin).toHaveAttribute('aria-busy', 'true');
  await begin.click(); // impatient, and worth no second one
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('beginFactor')) asked.push(request.url());
  });
  letThrough();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Scan/);
  expect(asked).toHaveLength(1);
});
