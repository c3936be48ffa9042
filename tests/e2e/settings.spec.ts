/** The administrator's settings in a real browser: mistakes said at their place, nothing typed lost, nothing of others overwritten. */
import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs } from '../support/sign-in.ts';
import { bookAhead, DeskApi, inDays } from './desk-steps.ts';
import { seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

const unique = (word: string): string => `${word} ${randomUUID().slice(0, 8)}`;
const rowOf = (page: Page, words: string): Locator => page.getByRole('listitem').filter({ hasText: words });
const saved = (page: Page): Locator => page.getByText('Saved.').first();
/** The bar of a long form while something in it is unsaved. */
const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click();

async function openService(page: Page, name: string): Promise<void> {
  await page.goto('/settings/catalogue');
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('a service: mistakes stand at the field, nothing is lost, and clients see what is saved', async ({
  page,
  context,
  browser,
}) => {
  await enterAs(context, 'administrator');
  await openService(page, 'Hand rejuvenation');
  const minutes = page.getByRole('textbox', { name: 'Length (minutes)' });
  const description = page.getByRole('textbox', { name: 'Description' });
  const words = unique('Peel, serum and massage.');
  await description.fill(words);
  for (const wrong of ['0', '100000']) {
    await minutes.fill(wrong);
    await save(page);
    await expect(page.getByText('A service takes from 5 minutes to 24 hours')).toBeVisible();
    await expect(minutes).toBeFocused();
    await expect(minutes).toHaveAttribute('aria-invalid', 'true');
    await expect(minutes).toHaveValue(wrong);
    await expect(description).toHaveValue(words);
  }
  await minutes.fill('55');
  await page.getByRole('switch', { name: 'Bookable online' }).check();
  await save(page);
  await expect(saved(page)).toBeVisible();
  const guest = await browser.newContext();
  const booking = await guest.newPage();
  await booking.goto('/book');
  const choice = booking.getByRole('button', { name: /^Hand rejuvenation/ });
  await expect(choice).toContainText(words);
  await expect(choice).toContainText('55 min');
  await guest.close();
});

test('a specialist’s own minutes and price, and a new room', async ({ page, context }) => {
  await enterAs(context, 'administrator');
  await page.goto('/settings/people');
  await page.getByRole('link', { name: /Mila Novák/ }).click();
  const minutes = page.getByRole('textbox', { name: 'Own minutes for Lymphatic massage' });
  const price = page.getByRole('textbox', { name: 'Own price for Lymphatic massage' });
  const own = String(70 + Math.trunc(Math.random() * 900));
  await price.fill(own);
  await minutes.fill('3');
  await save(page);
  await expect(page.getByText('A service takes from 5 minutes to 24 hours')).toBeVisible();
  await expect(price).toHaveValue(`${own} EUR`);
  await minutes.fill('65');
  await save(page);
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(minutes).toHaveValue('65');
  await expect(price).toHaveValue(`${own} EUR`);

  await page.goto('/settings/rooms');
  await page.getByRole('button', { name: 'New room' }).click();
  const dialog = page.getByRole('dialog', { name: 'New room' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Laser room');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('This is already in use.')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Laser room');
  const name = unique('Quiet room');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, name)).toBeVisible();
});

test('weekly hours: a break outside of them and a second schedule over the first are said where they are', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  await page.goto('/settings/hours');
  await page.getByRole('link', { name: /Sofia Marchetti/ }).click();
  const group = page.getByRole('group').filter({ has: page.getByLabel(/, break starts$/) });
  const day = group.first();
  const start = day.getByLabel(/, break starts$/).first();
  const end = day.getByLabel(/, break ends$/).first();
  await start.fill('23:00');
  await end.fill('23:30');
  await save(page);
  await expect(day.getByText('The break lies outside the hours.')).toBeVisible();
  await expect(start).toHaveValue('23:00');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(start).not.toHaveValue('23:00');
  await start.fill('noon');
  await end.click();
  await save(page);
  await expect(start).toHaveAttribute('aria-invalid', 'true');
  await expect(start).toHaveValue('noon');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(start).not.toHaveValue('noon');

  await page.getByRole('button', { name: 'Other hours from a date' }).click();
  await page.getByLabel('Valid from').fill(inDays(30));
  await save(page);
  await expect(page.getByText('Another schedule is already valid in this time.')).toBeVisible();
  await expect(page.getByLabel('Valid from')).toHaveValue(inDays(30));
});

test('a leave and a closure: refused over visits by name, entered, changed, taken back', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  const visit = await bookAhead(new DeskApi(context), 25);
  await page.goto(`/settings/hours/${visit.specialistId}`);
  await page.getByRole('button', { name: 'Add leave' }).click();
  const entry = page.getByRole('dialog', { name: 'Add leave' });
  const note = unique('Congress');
  await entry.getByLabel('From', { exact: true }).fill(visit.date);
  await entry.getByLabel('To, included').fill(visit.date);
  await entry.getByLabel('Why').selectOption('training');
  await entry.getByRole('textbox', { name: 'Note' }).fill(note);
  await entry.getByRole('button', { name: 'Add' }).click();
  await expect(entry.getByRole('alert')).toContainText('Move them or hand them over first');
  await expect(entry.getByRole('alert')).toContainText(visit.clientName);
  await expect(entry.getByRole('textbox', { name: 'Note' })).toHaveValue(note);
  expect(await seriousFindings(page)).toEqual([]);
  await entry.getByLabel('From', { exact: true }).fill(inDays(300));
  await entry.getByLabel('To, included').fill(inDays(302));
  await entry.getByRole('button', { name: 'Add' }).click();
  await expect(entry).toBeHidden();

  const row = rowOf(page, note);
  await row.getByRole('button', { name: /^Edit/ }).click();
  const change = page.getByRole('dialog', { name: 'Change the leave' });
  await expect(change.getByLabel('To, included')).toHaveValue(inDays(302));
  await change.getByLabel('From', { exact: true }).fill(visit.date);
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change.getByRole('alert')).toContainText(visit.clientName);
  await change.getByLabel('From', { exact: true }).fill(inDays(300));
  await change.getByLabel('To, included').fill(inDays(300));
  await change.getByRole('switch', { name: 'Whole days' }).uncheck();
  await change.getByLabel('Until (time)').fill('12:30');
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change).toBeHidden();
  await expect(row).toContainText('12:30');
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('12:30');
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toHaveCount(0);

  await page.goto('/settings/hours/closures');
  await page.getByRole('button', { name: 'Close the clinic' }).click();
  const closing = page.getByRole('dialog', { name: 'Close the clinic' });
  const reason = unique('New floor');
  await closing.getByLabel('From', { exact: true }).fill(visit.date);
  await closing.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await closing.getByRole('button', { name: 'Close the clinic' }).click();
  await expect(closing.getByRole('alert')).toContainText('Move them or hand them over first');
  await closing.getByLabel('From', { exact: true }).fill(inDays(310));
  await closing.getByRole('button', { name: 'Close the clinic' }).click();
  await expect(closing).toBeHidden();
  const closure = rowOf(page, reason);
  await closure.getByRole('button', { name: /^Edit/ }).click();
  const moving = page.getByRole('dialog', { name: 'Change the closure' });
  await moving.getByRole('textbox', { name: 'Reason' }).fill(`${reason}, later`);
  await moving.getByRole('button', { name: 'Save' }).click();
  await expect(rowOf(page, `${reason}, later`)).toBeVisible();
  await closure.getByRole('button', { name: /^Remove/ }).click();
  await expect(closure).toHaveCount(0);
});

test('two tabs: the second to save is told and loses nothing; what nobody touches follows by itself', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  await openService(page, 'Vessel removal');
  const other = await context.newPage();
  await openService(other, 'Vessel removal');
  const mine = unique('Mine');
  await page.getByRole('textbox', { name: 'Description' }).fill(mine);
  const theirs = unique('VESSEL');
  await other.getByRole('textbox', { name: 'Short code' }).fill(theirs);
  await save(other);
  await expect(saved(other)).toBeVisible();

  await save(page);
  const note = page.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' });
  await expect(note).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue(mine);
  await note.getByRole('button', { name: 'Show theirs' }).click();
  await expect(page.getByRole('textbox', { name: 'Short code' })).toHaveValue(theirs);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue(mine);
  await save(page);
  await expect(saved(page)).toBeVisible();
  // The other tab touched nothing since: it shows the new state without being asked.
  await expect(other.getByRole('textbox', { name: 'Description' })).toHaveValue(mine);

  await page.goto('/settings/rooms');
  await other.goto('/settings/rooms');
  await other.getByRole('button', { name: 'New room' }).click();
  const typing = other.getByRole('dialog', { name: 'New room' }).getByRole('textbox', { name: 'Name' });
  await typing.fill('Half a name');
  const name = unique('Lamp');
  await page.getByRole('button', { name: 'New device' }).click();
  const dialog = page.getByRole('dialog', { name: 'New device' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText(name)).toBeAttached();
  await expect(typing).toHaveValue('Half a name');
  await other.close();
});

for (const role of ['receptionist', 'specialist'] as const)
  test(`a ${role} finds no settings`, async ({ page, context }) => {
    await enterAs(context, role);
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Settings' })).toHaveCount(0);
    for (const path of ['catalogue', 'people', 'rooms', 'clinic', 'hours', 'hours/closures', 'import']) {
      const answer = await context.request.get(`/settings/${path}`, { maxRedirects: 0 });
      expect([path, answer.status()]).toEqual([path, 403]);
    }
  });
