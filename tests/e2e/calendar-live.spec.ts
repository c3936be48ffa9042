/** Live: what one desk does shows on every other within a second, through another web process, after a break, through one stream a browser. */
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs, signIn } from '../support/sign-in.ts';
import { blockOf, bookAhead, bookNow, clock, DeskApi, dragBy, openDay, zone } from './desk-steps.ts';
import { localDateOf } from '../../src/domain/zone.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

/** The other desk stands at the other web process. */
async function otherDesk(browser: Browser): Promise<{ context: BrowserContext; page: Page; base: string }> {
  const base = process.env.E2E_SECOND_URL ?? '';
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  await enterAs(context, 'administrator');
  const page = await context.newPage();
  return { context, page, base };
}

test('a move on one desk shows on another, at another process, without reload (how soon: `live.within_a_second`)', async ({
  page,
  context,
  browser,
}) => {
  await enterAs(context, 'receptionist');
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 9);
  const other = await otherDesk(browser);
  await openDay(page, visit);
  await openDay(other.page, visit, other.base);
  await other.page.evaluate(() => {
    document.querySelector('[data-grid]')?.scrollBy(0, 37);
    Reflect.set(window, 'stillTheSamePage', true);
  });
  const scrolled = await other.page.evaluate(() => document.querySelector('[data-grid]')?.scrollTop);
  let at = visit.startsAt;
  for (const to of visit.elsewhere.slice(0, 3)) {
    const answered = page.waitForResponse((answer) => answer.url().includes('booking.reschedule'));
    await dragBy(page, blockOf(page, visit), (to - at) / 60_000);
    await answered;
    await expect(blockOf(other.page, visit)).toContainText(clock(to));
    at = to;
    await page.waitForTimeout(300);
  }
  expect(await other.page.evaluate(() => Reflect.get(window, 'stillTheSamePage'))).toBe(true);
  expect(await other.page.evaluate(() => document.querySelector('[data-grid]')?.scrollTop)).toBe(scrolled);
  await other.context.close();
});

test('after a dropped connection the calendar catches up by itself', async ({ page, context, browser }) => {
  await enterAs(context, 'receptionist');
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 10);
  const other = await otherDesk(browser);
  await openDay(other.page, visit, other.base);
  await openDay(page, visit);
  await other.context.setOffline(true);
  await expect(other.page.getByText('No connection.')).toBeVisible();
  const [to = 0] = visit.elsewhere;
  await dragBy(page, blockOf(page, visit), (to - visit.startsAt) / 60_000);
  await expect(page.getByText(`${visit.clientName} moved to`)).toBeVisible();
  await expect(blockOf(other.page, visit)).toContainText(clock(visit.startsAt));
  await other.context.setOffline(false);
  await expect(blockOf(other.page, visit)).toContainText(clock(to));
  await other.context.close();
});

test('two tabs of one browser share one stream, and the second takes it over', async ({ page, context }) => {
  await enterAs(context, 'receptionist');
  const visit = await bookAhead(new DeskApi(context), 11);
  const opened = page.waitForRequest(/live\.changes/);
  await openDay(page, visit);
  await opened;
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('live.changes')) streams.push(request.url());
  });
  const second = await context.newPage();
  await openDay(second, visit);
  await second.waitForTimeout(500);
  expect(streams).toEqual([]);
  const [to = 0] = visit.elsewhere;
  await dragBy(page, blockOf(page, visit), (to - visit.startsAt) / 60_000);
  await expect(blockOf(second, visit)).toContainText(clock(to));
  await page.close();
  await expect.poll(() => streams.length).toBe(1);
  const third = await context.newPage();
  await openDay(third, visit);
  const [, again = 0] = visit.elsewhere;
  await dragBy(third, blockOf(third, visit), (again - to) / 60_000);
  await expect(blockOf(second, visit)).toContainText(clock(again));
  expect(streams).toHaveLength(1);
});

test('a client’s hold appears as taken with its time running, and goes with it', async ({
  page,
  context,
  browser,
}) => {
  await enterAs(context, 'receptionist');
  const visit = await bookAhead(new DeskApi(context), 12);
  await openDay(page, visit);
  const [startsAt = 0] = visit.elsewhere;
  const guest = await browser.newContext();
  const desk = await new DeskApi(context).desk();
  const service = desk.services.find(({ name }) => name.startsWith('Skin consultation'));
  const base = process.env.E2E_BASE_URL ?? '';
  const held = await guest.request.post(`${base}/api/trpc/booking.hold`, {
    headers: { origin: base },
    data: {
      json: {
        locationId: desk.locations[0]?.id,
        items: [{ serviceId: service?.id, techniqueIds: [], specialistId: visit.specialistId }],
        startsAt,
        idempotencyKey: `hold-${startsAt}`,
      },
    },
  });
  expect(held.ok(), await held.text()).toBe(true);
  const hold = page.locator('[data-status="held"]').filter({ hasText: clock(startsAt) });
  await expect(hold).toContainText(/Being booked.* · \d+:\d\d/);
  const { appointmentId } = Object(Object(await held.json()).result.data).json ?? {};
  await guest.request.post(`${base}/api/trpc/booking.release`, {
    headers: { origin: base },
    data: { json: { appointmentId } },
  });
  await expect(hold).toHaveCount(0);
  await guest.close();
});

test('a sick specialist’s day is handed over in one go, and the leave stands in the calendar', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  const api = new DeskApi(context);
  const visit = await bookAhead(api, 13);
  await openDay(page, visit);
  await page.locator(`[data-column-menu="${visit.specialistId}"]`).click();
  await page.getByRole('menuitem', { name: /Move or hand over the day/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Move or hand over a day' });
  await expect(dialog.getByRole('listitem').first()).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: /Hand over to whoever is free/ }).click();
  // Whom nobody can take is cancelled here; people would choose another time.
  for (const choice of await dialog.getByRole('combobox', { name: /What becomes of/ }).all())
    if ((await choice.inputValue()) === 'keep') await choice.selectOption('cancel');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Ill today');
  await expect(dialog.getByRole('checkbox', { name: /Enter sick leave/ })).toBeChecked();
  await dialog.getByRole('button', { name: /^Carry out/ }).click();
  await expect(page.getByText('Sick leave is entered')).toBeVisible({ timeout: 20_000 });
  await expect(dialog).toBeHidden();
  await expect(page.locator(`[data-column="${visit.specialistId}"] [data-away="sick"]`)).toBeVisible();
  await expect(page.locator(`[data-column="${visit.specialistId}"] [data-visit]`)).toHaveCount(0);
  const after = await api.detail(visit.appointmentId);
  expect(after.status === 'cancelled' || after.items[0]?.specialistId !== visit.specialistId).toBe(true);
  expect(localDateOf(after.startsAt, zone)).toBe(visit.date);
});

test('a specialist begins a visit from My day, and sees the others’ time as taken, nameless', async ({
  browser,
}) => {
  const desk = await browser.newContext();
  await enterAs(desk, 'receptionist');
  const visitId = await bookNow(new DeskApi(desk), 'Dr Elena Hoffmann');
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 } });
  const page = await context.newPage();
  await signIn(page, 'specialist');
  await expect(page).toHaveURL(/\/today/);
  const card = page.locator(`article[data-today="${visitId}"]`);
  // Late at night every quarter to come may be taken: what has gone by stands behind a button.
  const earlier = page.getByRole('button', { name: /earlier/i });
  await expect(card.or(earlier).first()).toBeVisible();
  if (!(await card.isVisible())) await earlier.click();
  await card.getByRole('button', { name: 'Start the visit' }).click();
  await expect(card.getByText('In the chair')).toBeVisible();
  expect((await new DeskApi(desk).detail(visitId)).visit?.status).toBe('in_progress');
  await desk.close();
  await page.goto('/calendar');
  await expect(page.locator('[data-grid]')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const others = page
    .locator('[data-lane]')
    .filter({ hasNot: page.locator('[data-handle]') })
    .locator('[data-block]');
  await expect(others.first()).toBeVisible();
  for (const text of await others.allInnerTexts()) expect(text).toMatch(/Busy|Being booked/);
  await context.close();
});

test('on a phone the day is a list of one column, the others a choice away', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await enterAs(context, 'receptionist');
  const visit = await bookAhead(new DeskApi(context), 3);
  await page.goto(`/calendar?date=${visit.date}`);
  await page.getByRole('combobox', { name: 'Show' }).click();
  await page.getByRole('option', { name: new RegExp(visit.specialistName) }).click();
  await page.locator(`[data-visit="${visit.appointmentId}"]`).click();
  await expect(page.getByRole('dialog', { name: 'Visit' })).toContainText(visit.clientName);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  await context.close();
});
