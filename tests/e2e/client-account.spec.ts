/** A client's account in the hands of whoever looks after people: shut out from one moment to the next, let in again, and freed of a lost phone. */
import { randomUUID } from 'node:crypto';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { test } from '../support/browser-test.ts';
import { enterAs, signIn } from '../support/sign-in.ts';
import { DeskApi } from './desk-steps.ts';
import { newPerson, phone, seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

type Person = ReturnType<typeof newPerson>;

/** Somebody new with an account, signed in on a phone of their own. */
async function newClient(browser: Browser, firstName: string): Promise<{ person: Person; page: Page }> {
  const person = { ...newPerson(firstName), lastName: `Sommer ${randomUUID().slice(0, 8)}` };
  const context = await browser.newContext({ ...phone, baseURL: process.env.E2E_BASE_URL ?? '' });
  const answer = await context.request.post('/api/trpc/account.register', {
    headers: { origin: process.env.E2E_BASE_URL ?? '' },
    data: { json: { ...person, phone: null, locale: 'en' } },
  });
  expect(answer.ok()).toBe(true);
  const page = await context.newPage();
  await page.goto('/visits');
  await expect(page).toHaveURL(/\/visits$/);
  return { person, page };
}

async function enter(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
}

/** From the card to the page behind it; answers the card's address. */
async function openAccount(desk: Page, { firstName, lastName }: Person): Promise<string> {
  const [found] = await new DeskApi(desk.context()).clients(lastName);
  const card = `/clients/${found?.clientId}`;
  await desk.goto(card);
  await desk.getByRole('link', { name: 'Sign-in and devices' }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(`${firstName} ${lastName}`);
  await expect(desk.getByRole('heading', { name: 'Signed in now' })).toBeVisible();
  return card;
}

const closeAll = (...contexts: BrowserContext[]) => Promise.all(contexts.map((each) => each.close()));

test('a blocked client is out on the next request, stays out, and comes back once unblocked', async ({
  page,
  browser,
}) => {
  await signIn(page, 'administrator');
  const { person, page: portal } = await newClient(browser, 'Ida');
  const name = `${person.firstName} ${person.lastName}`;
  const card = await openAccount(page, person);
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const question = page.getByRole('dialog', { name: `Block ${name}?` });
  await question.getByLabel('Reason').fill('Threatened a colleague');
  expect(await seriousFindings(page)).toEqual([]);
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByText(`${name} is blocked and signed out everywhere.`)).toBeVisible();
  await expect(page.getByText('Threatened a colleague')).toBeVisible();
  await expect(page.getByText('Nowhere at this moment.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'The card' }).click();
  await expect(page.getByText('The account is blocked')).toBeVisible();

  await portal.goto('/visits');
  await expect(portal).toHaveURL(/\/sign-in/);
  await enter(portal, person);
  await expect(portal.getByRole('alert').first()).toBeVisible();

  await page.goto(`${card}/account`);
  await page.getByRole('button', { name: 'Unblock' }).click();
  await expect(page.getByText(`${name} can sign in again.`)).toBeVisible();
  await expect(page.getByText('Threatened a colleague')).toBeHidden();
  await enter(portal, person);
  await portal.waitForURL('**/visits');
  await page.reload();
  await page.getByRole('button', { name: 'End all' }).click();
  await expect(page.getByText('1 session is ended.')).toBeVisible();
  await portal.goto('/me');
  await expect(portal).toHaveURL(/\/sign-in/);

  // Whoever may not look after people sees no way there, and finds none by its address.
  const elsewhere = await browser.newContext();
  await enterAs(elsewhere, 'receptionist');
  const reception = await elsewhere.newPage();
  await reception.goto(card);
  await expect(reception.getByText('Has an account')).toBeVisible();
  await expect(reception.getByRole('link', { name: 'Sign-in and devices' })).toBeHidden();
  expect((await reception.request.get(`${card}/account`)).status()).toBe(403);
  await closeAll(elsewhere, portal.context());
});

test('whoever has lost phone and codes chooses a new password by the link that is mailed', async ({
  page,
  browser,
}) => {
  await signIn(page, 'administrator');
  const api = new DeskApi(page.context());
  const { person, page: portal } = await newClient(browser, 'Kim');
  const letter = async (kind: string) =>
    (await api.lettersTo(person.email)).find((each) => each.kind === kind)?.bodyText ?? '';
  await expect.poll(() => letter('proof_code')).toMatch(/\b\d{6}\b/);
  await portal.goto('/confirm-email');
  const code = /\b\d{6}\b/.exec(await letter('proof_code'))?.[0] ?? '';
  await portal.getByLabel('Code from the message').fill(code);
  await portal.keyboard.press('Enter');
  await expect(portal.getByRole('heading', { name: 'Your e-mail is confirmed' })).toBeVisible();
  await portal.goto('/second-factor?callbackUrl=/me');
  await portal.getByRole('button', { name: 'Begin' }).click();
  const seed = ((await portal.locator('p.select-all').textContent()) ?? '').replaceAll(' ', '');
  await portal.getByLabel('Code the app shows').fill(codeAt(seed, stepAt(new Date())));
  await portal.getByRole('button', { name: 'Confirm' }).click();
  await portal.getByRole('button', { name: 'I have kept them' }).click();
  await portal.waitForURL('**/me');

  await openAccount(page, person);
  const factor = page.getByRole('region', { name: 'Second factor' });
  await expect(factor.getByText('Asked for since')).toBeVisible();
  await factor.getByRole('button', { name: 'Take it away' }).click();
  const question = page.getByRole('dialog', { name: /^Take the second factor of Kim/ });
  await expect(question.getByText('Be sure that it is the client who asks.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await question.getByRole('button', { name: 'Take it away' }).click();
  await expect(factor.getByText('None is set up.')).toBeVisible();

  await portal.goto('/me');
  await expect(portal).toHaveURL(/\/sign-in/);
  await enter(portal, person);
  await expect(portal.getByRole('alert').first()).toBeVisible();
  await expect.poll(() => letter('second_factor_off')).not.toBe('');
  await expect.poll(() => letter('password_reset')).toMatch(/reset-password#/);
  await portal.goto(/\/reset-password#[\w-]{43}/.exec(await letter('password_reset'))?.[0] ?? '');
  const password = 'the long way round the lake';
  await portal.locator('input[name="newPassword"]').fill(password);
  await portal.keyboard.press('Enter');
  await expect(portal.getByRole('heading', { level: 1 })).toHaveText('Your password is changed');
  await enter(portal, { ...person, password });
  await portal.waitForURL('**/visits');
  await closeAll(portal.context());
});
