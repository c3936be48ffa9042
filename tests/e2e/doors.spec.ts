/** Doors that have been tried too often: the puzzle, the wait, the code; nothing typed is lost, and everything comes from this house. */
import { randomUUID } from 'node:crypto';
import { type Page, expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { newPerson, phone, seriousFindings, startBooking, startButtons } from './portal-steps.ts';

const form = (page: Page) => ({
  email: page.locator('input[name="email"]'),
  password: page.locator('input[name="password"]'),
  submit: page.locator('form button[type="submit"]'),
  alert: page.getByRole('alert'),
});

/** As a browser sends it, from a context of its own. */
const wire = (input: object) => ({
  data: { json: input },
  headers: { origin: process.env.E2E_BASE_URL ?? '' },
});

for (const [scheme, locale, words] of [
  [
    'light',
    'en-GB',
    { wrong: 'password is wrong', check: 'One more check is needed', again: /You can try again in \d+ min/ },
  ],
  [
    'dark',
    'ru-RU',
    { wrong: 'пароль', check: 'Нужна ещё одна проверка', again: /Попробовать снова можно через \d+ мин/ },
  ],
] as const)
  test.describe(`signing in, ${scheme}, ${locale}`, () => {
    test.use({ colorScheme: scheme, locale });
    test('a puzzle after three tries, solved without asking anybody; then a wait with its countdown', async ({
      page,
    }) => {
      const foreign: string[] = [];
      page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && hostname !== 'localhost') foreign.push(request.url());
      });
      await page.goto('/sign-in');
      const { email, password, submit, alert } = form(page);
      const address = `${randomUUID()}@dermis.test`;
      await email.fill(address);
      for (let tries = 0; tries < 3; tries++) {
        await password.fill(`a loud evening ${tries}`);
        const answered = page.waitForResponse('**/api/auth/callback/credentials');
        await page.keyboard.press('Enter');
        await answered;
        await expect(alert.filter({ hasText: words.wrong })).toBeVisible();
        // A press while the last one is being answered counts for nothing.
        await expect(submit).toBeEnabled();
      }
      // The page asks for the puzzle, solves it and sends the same again by itself.
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('callback/credentials')) sent.push(request.postData() ?? '');
      });
      // Held back until it has been looked at.
      let show = () => undefined as void;
      const shown = new Promise<void>((done) => {
        show = done;
      });
      await page.route('**/api/trpc/account.puzzle*', async (route) => {
        await shown;
        await route.continue();
      });
      await submit.click();
      await expect(page.getByRole('status').filter({ hasText: words.check })).toBeVisible();
      await expect(page.locator('altcha-widget input[type="checkbox"]')).toBeAttached();
      expect(await seriousFindings(page)).toEqual([]);
      show();
      await expect(alert.filter({ hasText: words.wrong })).toBeVisible();
      expect(sent).toHaveLength(2);
      expect(new URLSearchParams(sent[0]).get('puzzle')).toBe('');
      expect(new URLSearchParams(sent[1]).get('puzzle')).toMatch(/^[\w+/=]{200,}$/);
      await expect(email).toHaveValue(address);
      await expect(password).toHaveValue('a loud evening 2');
      expect(foreign).toEqual([]);

      await page.route('**/api/auth/callback/credentials*', (route) =>
        route.fulfill({
          status: 401,
          json: { url: `${process.env.E2E_BASE_URL}/api/auth/error?error=wait.200` },
        }),
      );
      await submit.click();
      await expect(page.getByRole('timer')).toHaveText(words.again);
      await expect(submit).toBeDisabled();
      expect(await seriousFindings(page)).toEqual([]);
      // Another address waits for nobody's tries but its own.
      await email.fill(`${randomUUID()}@dermis.test`);
      await expect(submit).toBeEnabled();
    });
  });

test('a second factor is asked for beside what was typed', async ({ page }) => {
  await page.goto('/sign-in');
  const { email, password, submit, alert } = form(page);
  await email.fill('anna@dermis.test');
  await password.fill('a quiet morning');
  let word = 'second_factor_asked';
  await page.route('**/api/auth/callback/credentials*', (route) =>
    route.fulfill({ status: 401, json: { url: `${process.env.E2E_BASE_URL}/api/auth/error?error=${word}` } }),
  );
  await submit.click();
  const code = page.getByLabel('Code');
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(password).toHaveValue('a quiet morning');
  expect(await seriousFindings(page)).toEqual([]);
  word = 'code_wrong';
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(alert.filter({ hasText: 'This code is wrong' })).toBeVisible();
  await expect(code).toHaveValue('000000');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the form signs in, and says what went wrong', async ({ page }) => {
    await page.goto('/sign-in');
    const { email, password, submit } = form(page);
    await email.fill(`${randomUUID()}@dermis.test`);
    await password.fill('not the password');
    await submit.click();
    await expect(page.getByText('The e-mail or the password is wrong.')).toBeVisible();
    await email.fill('anna@dermis.test');
    await password.fill(process.env.DEMO_PASSWORD ?? '');
    await submit.click();
    await page.waitForURL('**/visits');
  });
});

test('opening an account that is opened too often takes a puzzle, and goes on by itself', async ({
  page,
  playwright,
}) => {
  const person = newPerson('Vera');
  const input = { ...person, phone: '', locale: 'en' };
  for (let tries = 0; tries < 3; tries++) {
    const stranger = await playwright.request.newContext({ baseURL: process.env.E2E_BASE_URL ?? '' });
    expect((await stranger.post('/api/trpc/account.register', wire(input))).status()).toBe(200);
    await stranger.dispose();
  }
  await page.goto('/register');
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('E-mail').fill(person.email);
  await page.locator('input[name="password"]').fill(person.password);
  await page.getByRole('button', { name: 'Open the account' }).click();
  await page.waitForURL('**/confirm-email*');
});

test.describe('holding a time', () => {
  test.use(phone);
  test('in bulk takes a puzzle, and the time is held after it', async ({ page }) => {
    // The house asks nobody for a puzzle this early; here it does, once.
    let asked = false;
    await page.route('**/api/trpc/booking.hold*', async (route) => {
      if (asked) return route.continue();
      asked = true;
      const data = {
        code: 'CONFLICT',
        httpStatus: 409,
        path: 'booking.hold',
        refusal: { code: 'captcha_needed' },
      };
      return route.fulfill({
        status: 409,
        json: { error: { json: { message: 'captcha_needed', code: -32009, data } } },
      });
    });
    await startBooking(page, 'Classic facial|Consultation');
    const anyone = page.getByRole('button', { name: /^Anyone/ });
    const onwards = page.getByRole('button', { name: 'Continue' });
    if (await page.getByText('Vitamin C mask').isVisible()) await page.getByText('Vitamin C mask').click();
    if (await onwards.isVisible()) await onwards.click();
    await anyone.click();
    const again = page.waitForRequest(
      (request) => request.url().includes('booking.hold') && (request.postData() ?? '').includes('"puzzle"'),
    );
    await startButtons(page).first().click();
    expect((await again).postDataJSON()).toMatchObject({ json: { puzzle: expect.any(String) } });
    await expect(page.getByText(/Held for you: \d+:\d\d/)).toBeVisible();
  });
});
