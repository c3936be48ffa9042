/** Administration of access in a real browser: roles that act at once, who sees a client, sessions ended from afar, and the trail of it all. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs, signIn } from '../support/sign-in.ts';
import { seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

const unique = (word: string): string => `${word} ${randomUUID().slice(0, 8)}`;
const sections = (page: Page): Locator => page.getByRole('navigation', { name: 'Sections', exact: true });
const settings = (page: Page): Locator => page.getByRole('navigation', { name: 'Settings sections' });
const rowOf = (page: Page, words: string): Locator => page.getByRole('listitem').filter({ hasText: words });
const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();

interface Colleague {
  name: string;
  email: string;
  password: string;
}

/** Makes an account with this role, through the settings. */
async function addColleague(page: Page, role: string): Promise<Colleague> {
  const name = unique('Rosa');
  const person = {
    name,
    email: `${name.toLowerCase().replace(' ', '-')}@example.com`,
    password: 'a window over the harbour',
  };
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(person.name);
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  await dialog.getByRole('checkbox', { name: role }).check();
  await dialog.getByLabel('First password').fill(person.password);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog).toBeHidden();
  return person;
}

/** Signs a colleague in, on a device of their own. */
async function enterColleague(context: BrowserContext, person: Colleague): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name="email"]').fill(person.email);
  await page.locator('input[name="password"]').fill(person.password);
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

test('a composed role shows exactly what it opens, and another set of rights acts on the next click', async ({
  page,
  browser,
}) => {
  // Signed in a moment ago: no proof is asked for.
  await signIn(page, 'administrator');
  const role = unique('Planner');
  await page.goto('/settings/roles');
  await page.getByRole('link', { name: 'New role' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(role);
  await page.getByRole('checkbox', { name: 'Edit hours' }).check();
  await expect(page.getByText('Changes working hours, leave and closures of everybody.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await save(page);
  await expect(page.getByText('The role is saved. It acts at once.').first()).toBeVisible();
  const person = await addColleague(page, role);

  const elsewhere = await browser.newContext();
  const desk = await enterColleague(elsewhere, person);
  await expect(sections(desk).getByRole('link')).toHaveText(['Today', 'Calendar', 'Clients', 'Settings']);
  await sections(desk).getByRole('link', { name: 'Settings' }).click();
  await expect(desk).toHaveURL(/\/settings\/hours$/);
  await expect(settings(desk).getByRole('link')).toHaveText(['Hours']);
  for (const closed of ['/settings/people', '/settings/roles', '/settings/trail', '/messages'])
    expect((await desk.request.get(closed)).status(), closed).toBe(403);

  await page.goto('/settings/roles');
  await page.getByRole('link', { name: role }).click();
  await expect(page.getByRole('checkbox', { name: 'Edit hours' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'Edit hours' }).uncheck();
  await page.getByRole('checkbox', { name: 'Messages to clients' }).check();
  await save(page);
  await expect(page.getByText('The role is saved. It acts at once.').first()).toBeVisible();
  await desk.goto('/today');
  await expect(sections(desk).getByRole('link')).toHaveText(['Today', 'Calendar', 'Clients', 'Messages']);
  expect((await desk.request.get('/settings/hours')).status()).toBe(403);

  await page.getByRole('button', { name: 'Remove the role' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the role' }).click();
  await expect(page.getByText('1 other entry uses it')).toBeVisible();
  await elsewhere.close();
});

test('a colleague’s session is ended from afar, a blocked one is out, and an unblocked one comes back', async ({
  page,
  browser,
}) => {
  await signIn(page, 'administrator');
  const person = await addColleague(page, 'Receptionist');
  const elsewhere = await browser.newContext();
  const desk = await enterColleague(elsewhere, person);
  await page.goto('/settings/people');
  await page.getByRole('link', { name: person.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Signed in now' })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: /^End the session on / }).click();
  await expect(page.getByText('1 session is ended.')).toBeVisible();
  await expect(page.getByText('Nowhere at this moment.')).toBeVisible();
  await desk.goto('/clients');
  await expect(desk).toHaveURL(/\/sign-in/);

  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const question = page.getByRole('dialog', { name: `Block ${person.name}?` });
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByText(`${person.name} is blocked and signed out everywhere.`)).toBeVisible();
  await desk.locator('input[name="email"]').fill(person.email);
  await desk.locator('input[name="password"]').fill(person.password);
  await desk.locator('form button[type="submit"]').click();
  await expect(desk.getByRole('alert').first()).toBeVisible();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await expect(page.getByText(`${person.name} can sign in again.`)).toBeVisible();
  await enterColleague(elsewhere, person);
  await elsewhere.close();
});

test('who can see a client, and why; and what either answer of the clinic’s rule means', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  await page.goto('/clients');
  await page.locator('tbody[data-rows] tr').first().click();
  await page.getByRole('button', { name: 'Show who can see it' }).click();
  const section = page.getByRole('region', { name: 'Who can see this client' });
  await expect(section.getByText('Role Administrator: sees every client').first()).toBeVisible();
  await expect(section.getByText('Role Receptionist: sees every client').first()).toBeVisible();

  await page.goto('/settings/clinic');
  const rule = page.getByRole('switch', { name: 'A visit opens the client’s card to its specialist' });
  await expect(page.getByText(/^On: whoever has, or had, a visit/)).toBeVisible();
  await rule.uncheck();
  await expect(page.getByText(/^Off: specialists see only clients/)).toBeVisible();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(rule).toBeChecked();
});

test('the trail: a change before and after, personal values on demand, refusals, and a file', async ({
  page,
  browser,
}) => {
  await signIn(page, 'administrator');
  await page.goto('/settings/catalogue');
  await page.getByRole('link', { name: /Lymphatic massage/ }).click();
  const words = unique('Calm hands.');
  await page.getByRole('textbox', { name: 'Description' }).fill(words);
  await save(page);
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.getByRole('link', { name: 'History of Lymphatic massage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Trail' })).toBeVisible();
  const entry = rowOf(page, 'Service changed').first();
  await entry.locator('summary').click();
  await expect(entry.getByRole('row', { name: /^Description/ })).toContainText(words);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: /^Remove the filter One record/ }).click();

  // What is personal shows only on demand, and that somebody looked is the next entry.
  const phone = `+4930${String(Math.trunc(Math.random() * 1e7)).padStart(7, '0')}`;
  await page.goto('/clients');
  await page.getByRole('button', { name: 'New client' }).click();
  const form = page.getByRole('dialog', { name: 'New client' });
  await form.getByRole('textbox', { name: 'First name' }).fill(unique('Solveig'));
  await form.getByRole('textbox', { name: 'Phone' }).fill(phone);
  await form.getByRole('button', { name: 'Add the client' }).click();
  await expect(page).toHaveURL(/\/clients\/[\da-f-]{36}$/);
  const history = page.getByRole('region', { name: 'History', exact: true });
  await history.getByRole('button', { name: 'Show the history' }).click();
  const added = history.getByRole('listitem').filter({ hasText: 'Card added' });
  await added.locator('summary').click();
  await expect(added.getByText(/^Personal: /)).toBeVisible();
  await expect(added).not.toContainText(phone);
  await added.getByRole('button', { name: 'Show the values' }).click();
  await expect(added.getByRole('row', { name: /^Phone/ })).toContainText(phone);
  await page.goto('/settings/trail?kind=read');
  await expect(rowOf(page, 'Personal values opened').first()).toBeVisible();

  const elsewhere = await browser.newContext();
  await enterAs(elsewhere, 'specialist');
  expect((await elsewhere.request.get('/api/trpc/trail.seal')).status()).toBe(403);
  await elsewhere.close();
  await page.goto('/settings/trail?kind=refusal');
  await expect(rowOf(page, 'trail.seal').first()).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain('door.refused');
  await page.goto('/settings/trail?kind=export');
  await expect(rowOf(page, 'Trail exported').first()).toBeVisible();
});

test('held-back sign-ins are shown, and let in again', async ({ page, browser }) => {
  await signIn(page, 'administrator');
  const person = await addColleague(page, 'Receptionist');
  const elsewhere = await browser.newContext();
  const guesser = await elsewhere.newPage();
  await guesser.goto('/sign-in');
  const button = guesser.locator('form button[type="submit"]');
  const heldBack = guesser.getByRole('timer');
  const block = rowOf(page, person.email).first();
  const anybody = page.getByRole('region', { name: 'Held back now' }).getByRole('listitem');
  const release = block.getByRole('button', { name: 'Release' });
  let isReleased = false;
  // Waits double: sooner or later one lasts longer than it takes to look at it, however busy the machine is.
  for (let tries = 0; tries < 30 && !isReleased; tries++) {
    await guesser.locator('input[name="email"]').fill(person.email);
    await expect(button).toBeEnabled({ timeout: 90_000 });
    await guesser.locator('input[name="password"]').fill(`guess number ${tries} of many`);
    await button.click();
    // Answered: it may be tried again, or it has to be waited; a puzzle in between is solved by itself.
    await expect(button.and(guesser.locator(':enabled')).or(heldBack).first()).toBeVisible();
    if (tries < 8) continue;
    await page.goto('/settings/security');
    await expect(page.getByText('Nobody is held back.').or(anybody).first()).toBeVisible();
    // It is gone by itself once the wait is over.
    isReleased = await release.click({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
  }
  await expect(page.getByText('Released: the next try is looked at again.').first()).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await elsewhere.close();
});
