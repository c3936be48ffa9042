/** The desk's day on the grid: by hand, by keyboard, taken back, refused with a way on, and printed. */
import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs } from '../support/sign-in.ts';
import {
  blockOf,
  bookAhead,
  bookBeside,
  clock,
  DeskApi,
  dragBy,
  inDays,
  openDay,
  pixelsPerMinute,
} from './desk-steps.ts';
import { seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

test.beforeEach(async ({ context }) => enterAs(context, 'receptionist'));

test('a visit is dragged to another time, and undo brings it back', async ({ page, context }) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 3);
  await openDay(page, visit);
  const to = visit.elsewhere[0] ?? 0;
  await dragBy(page, blockOf(page, visit), (to - visit.startsAt) / 60_000);
  await expect(page.getByText(`${visit.clientName} moved to`)).toBeVisible();
  await expect(blockOf(page, visit)).toContainText(clock(to));
  expect((await api.detail(visit.appointmentId)).startsAt).toBe(to);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Back where it was')).toBeVisible();
  await expect(blockOf(page, visit)).toContainText(clock(visit.startsAt));
  expect((await api.detail(visit.appointmentId)).startsAt).toBe(visit.startsAt);
});

test('its edge is dragged to make it longer', async ({ page, context }) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 4);
  await openDay(page, visit);
  await dragBy(page, blockOf(page, visit), 15, 'end');
  await expect(page.getByText(`now ends at ${clock(visit.endsAt + 15 * 60_000)}`)).toBeVisible();
  const after = await api.detail(visit.appointmentId);
  expect([after.startsAt, after.endsAt]).toEqual([visit.startsAt, visit.endsAt + 15 * 60_000]);
});

test('onto a time that is taken it goes back, says why and offers others', async ({ page, context }) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 5, { wantedElsewhere: 6 });
  const [taken = 0] = visit.elsewhere;
  await bookBeside(api, visit, taken);
  await openDay(page, visit);
  await dragBy(page, blockOf(page, visit), (taken - visit.startsAt) / 60_000);
  const dialog = page.getByRole('dialog', { name: /can't be moved there/ });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('stays at');
  await expect(blockOf(page, visit)).toContainText(clock(visit.startsAt));
  await dialog
    .getByRole('button', { name: /\d\d:\d\d/ })
    .first()
    .click();
  await expect(page.getByText(`${visit.clientName} moved to`)).toBeVisible();
  expect((await api.detail(visit.appointmentId)).startsAt).not.toBe(visit.startsAt);
});

test('outside of hours it asks for a reason, and keeps it', async ({ page, context }) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 6);
  await openDay(page, visit);
  // The grid shows an hour before the first opening: to its first quarter.
  const sinceFirstHour = await blockOf(page, visit).evaluate((block) => Number.parseFloat(block.style.top));
  const minutes = Math.round(sinceFirstHour / pixelsPerMinute) - 15;
  await dragBy(page, blockOf(page, visit), -minutes);
  const dialog = page.getByRole('dialog', { name: /can't be moved there/ });
  await expect(dialog).toContainText('outside opening hours');
  await dialog.getByRole('textbox').fill('The client flies at noon');
  await dialog.getByRole('button', { name: 'Move with this reason' }).click();
  await expect(page.getByText(`${visit.clientName} moved to`)).toBeVisible();
  const { startsAt, trail } = await api.detail(visit.appointmentId);
  expect(clock(startsAt)).toBe(clock(visit.startsAt - minutes * 60_000));
  expect(trail.map(({ reason }) => reason)).toContain('The client flies at noon');
});

test('everything is reached by keyboard: visits by arrows, Enter opens, M moves', async ({
  page,
  context,
}) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 7);
  await openDay(page, visit);
  const block = blockOf(page, visit);
  // One stop of the Tab key inside of the grid, the rest by arrows.
  await expect(page.locator('[data-block][tabindex="0"]')).toHaveCount(1);
  await page.locator('[data-block][tabindex="0"]').focus();
  for (let step = 0; step < 30; step++) {
    if (
      (await page.evaluate(() => document.activeElement?.getAttribute('data-visit'))) === visit.appointmentId
    )
      break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(block).toBeFocused();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Visit' });
  await expect(drawer).toContainText(visit.clientName);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await block.focus();
  await page.keyboard.press('m');
  const form = page.getByRole('dialog', { name: 'Move the visit' });
  await form.getByRole('textbox', { name: 'Time' }).fill(clock(visit.elsewhere[1] ?? 0));
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${visit.clientName} moved to`)).toBeVisible();
  expect((await api.detail(visit.appointmentId)).startsAt).toBe(visit.elsewhere[1]);
});

test('a new client is booked without leaving the calendar; what was typed survives a refusal', async ({
  page,
  context,
}) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 8);
  await openDay(page, visit);
  await page.keyboard.press('c');
  const form = page.getByRole('dialog', { name: 'New visit' });
  const lastName = `Desk ${randomUUID().slice(0, 8)}`;
  await form.getByRole('textbox', { name: 'Client' }).fill(`Greta ${lastName}`);
  await page.getByRole('option', { name: 'New client' }).click();
  await form.getByRole('textbox', { name: 'Phone' }).fill('+49301234567');
  await form.getByRole('button', { name: 'Add client' }).click();
  await expect(form.getByText(`Greta ${lastName}`)).toBeVisible();
  await form.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: /^Skin consultation/ }).click();
  await form.getByRole('combobox', { name: 'Specialist' }).click();
  await page.getByRole('option', { name: visit.specialistName }).click();
  await form.getByRole('textbox', { name: 'Note' }).fill('Prefers the garden room');
  await form.getByRole('textbox', { name: 'Time' }).fill(clock(visit.startsAt));
  await form.getByRole('button', { name: /^Book / }).click();
  const refusal = form.getByRole('alert');
  await expect(refusal).toContainText('quicker');
  await expect(form.getByRole('textbox', { name: 'Note' })).toHaveValue('Prefers the garden room');
  await refusal
    .getByRole('button', { name: /\d\d:\d\d/ })
    .first()
    .click();
  await form.getByRole('button', { name: /^Book / }).click();
  await expect(page.getByText(`Greta ${lastName} is booked for`)).toBeVisible();
  await expect(form).toBeHidden();
});

test('a visit arrives, begins and ends; a cancellation asks first', async ({ page, context }) => {
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 2);
  await page.goto(`/calendar?date=${visit.date}&visit=${visit.appointmentId}`);
  const drawer = page.getByRole('dialog', { name: 'Visit' });
  await drawer.getByRole('button', { name: 'Has arrived' }).click();
  await drawer.getByRole('button', { name: 'Start the visit' }).click();
  await drawer.getByRole('button', { name: 'Finish the visit' }).click();
  await expect(drawer.getByText('Done').first()).toBeVisible();
  expect((await api.detail(visit.appointmentId)).status).toBe('fulfilled');
  const second = await bookAhead(api, 2);
  await page.goto(`/calendar?date=${second.date}&visit=${second.appointmentId}`);
  await drawer.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel the visit' }).click();
  const question = page.getByRole('dialog', { name: 'Cancel this visit?' });
  await expect(question).toContainText(second.clientName);
  await question.getByRole('textbox').fill('Called in the morning');
  await question.getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(page.getByText('The visit is cancelled')).toBeVisible();
  await expect(blockOf(page, second)).toHaveCount(0);
  expect((await api.detail(second.appointmentId)).cancelReason).toBe('Called in the morning');
});

test('a request is approved on the first page, and waits no more', async ({ page, context }) => {
  await page.goto('/today');
  const requests = page.getByRole('region', { name: 'Requests to answer' });
  const first = requests.getByRole('listitem').first();
  const link = await first.getByRole('link').getAttribute('href');
  const id = new URLSearchParams(link?.split('?')[1]).get('visit') ?? '';
  const api = new DeskApi(context);
  expect((await api.detail(id)).status).toBe('pending');
  await first.getByRole('button', { name: 'Approve' }).click();
  await expect(requests.locator(`a[href*="${id}"]`)).toHaveCount(0);
  expect((await api.detail(id)).status).toBe('booked');
});

test('the day, the week, the columns and the filter stand in the address', async ({ page }) => {
  await page.goto('/calendar');
  await expect(page.locator('[data-grid]')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(new RegExp(`date=${inDays(1)}`));
  await page.getByText('Week', { exact: true }).click();
  await expect(page).toHaveURL(/view=week/);
  await page.keyboard.press('t');
  await expect(page).not.toHaveURL(/date=/);
  await page.getByText('Rooms', { exact: true }).click();
  await expect(page).toHaveURL(/by=room/);
  await page.reload();
  await expect(page.locator('[data-grid]')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Rooms' })).toBeChecked();
});

test('colours follow the device until somebody chooses', async ({ page }) => {
  const shown = page.locator('html');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/calendar');
  await expect(page.locator('[data-grid]')).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(shown).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(shown).toHaveAttribute('data-mantine-color-scheme', 'light');
  const choice = page.getByRole('button', { name: /^Colours:/ });
  await expect(async () => {
    await choice.click();
    await expect(choice).toHaveAccessibleName('Colours: Dark', { timeout: 500 });
  }).toPass();
  await expect(shown).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('[data-grid]')).toBeVisible();
  await expect(shown).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('the printed day is a list', async ({ page }) => {
  await page.goto(`/calendar?date=${inDays(2)}`);
  await expect(page.locator('[data-grid]')).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-print-list]')).toBeVisible();
  await expect(page.locator('[data-grid]')).toBeHidden();
});

test('axe finds nothing serious with a visit and with the form open', async ({ page, context }) => {
  const visit = await bookAhead(new DeskApi(context), 3);
  await openDay(page, visit);
  await blockOf(page, visit).click();
  await expect(page.getByRole('dialog', { name: 'Visit' })).toBeVisible();
  await page.waitForTimeout(300);
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'New visit' })).toBeVisible();
  await page.waitForTimeout(300);
  expect(await seriousFindings(page)).toEqual([]);
});
