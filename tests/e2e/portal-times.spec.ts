/** Times: lost to somebody else, lapsed, on two clocks, and none at all. */
import { expect, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { chooseTime, phone, startBooking, startButtons, toDetails } from './portal-steps.ts';

test.use(phone);

const toTimes = async (page: Page, performer: RegExp) => {
  await startBooking(page, 'Lymphatic massage');
  await page.getByRole('button', { name: performer }).click();
  await expect(startButtons(page).first()).toBeVisible();
};

test('a time lost to somebody else offers three near ones', async ({ page, browser }) => {
  await toTimes(page, /^Mila Novák/);
  const other = await (await browser.newContext(phone)).newPage();
  await toTimes(other, /^Mila Novák/);
  const wanted = await startButtons(page).first().textContent();
  // From now on the first page hears of nothing: its list stays the old one, however long the other takes.
  await page.route(/booking\.starts/, () => undefined);
  await startButtons(other).first().click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(/Almost done/);
  await startButtons(page)
    .getByText(wanted ?? '', { exact: true })
    .click();
  const panel = page.getByRole('region', { name: /Somebody was quicker/ });
  await expect(panel).toBeVisible();
  await expect(panel.getByRole('heading')).toBeFocused();
  await expect(panel.getByRole('listitem')).toHaveCount(3);
  await panel.getByRole('button').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Almost done/);
  await expect(page.getByText(/Held for you/)).toBeVisible();
  await other.context().close();
});

test('a hold that lapses says so kindly and is taken again in one press', async ({ page }) => {
  await page.clock.install();
  await toDetails(page, 'Lymphatic massage');
  await page.getByLabel('First name').fill('Beatriz');
  await page.clock.fastForward('11:00');
  const panel = page.getByRole('region', { name: /has been released/ });
  await expect(panel).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book', exact: true })).toBeDisabled();
  await panel.getByRole('button', { name: 'Hold it again' }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByLabel('First name')).toHaveValue('Beatriz');
});

test('going back to the question about time shows that the hold still stands', async ({ page }) => {
  await toDetails(page, 'Lymphatic massage');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('This time is held for you:')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Almost done/);
});

test('a failing search says so and has a way on', async ({ page }) => {
  await page.route('**/api/trpc/booking.starts*', (route) => route.abort());
  await startBooking(page, 'Lymphatic massage');
  await page.getByRole('button', { name: /^Anyone/ }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.unroute('**/api/trpc/booking.starts*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(startButtons(page).first()).toBeVisible();
});

test.describe('far from the clinic', () => {
  test.use({ timezoneId: 'Asia/Kathmandu' });
  test("the clinic's time comes first, one's own beside it", async ({ page }) => {
    await toTimes(page, /^Anyone/);
    await expect(
      page.getByText(/The large time is the clinic’s \(Berlin\), the small one is yours \(Kath?mandu\)/),
    ).toBeVisible();
    const text = (await startButtons(page).first().textContent()) ?? '';
    const [, clinic = '', own = ''] = /(\d\d:\d\d)(\d\d:\d\d)/.exec(text) ?? [];
    const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
    // Kathmandu is 5:45 ahead of UTC, Berlin one hour or two.
    expect([225, 285]).toContain(minutes(own) - minutes(clinic));
    await chooseTime(page);
    await expect(page.getByText(/where you are/).first()).toBeAttached();
  });
});

test('a press before the script has come leads on as a page of its own', async ({ browser }) => {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/book');
  await page.getByRole('button', { name: /^Lymphatic massage/ }).click();
  await expect(page.getByRole('button', { name: /^Anyone/ })).toBeVisible();
  expect(page.url()).toContain('item=');
  await context.close();
});

test('by keyboard alone from the first question to the last', async ({ page }) => {
  await page.goto('/book');
  await page.getByRole('button', { name: /^Lymphatic massage/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Anyone/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When suits you?');
  await expect(startButtons(page).first()).toBeVisible();
  const day = page.getByRole('radio', { checked: true });
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab');
    if (await day.evaluate((radio) => radio === document.activeElement)) break;
  }
  await expect(day).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { checked: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(startButtons(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Almost done/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByLabel('First name').waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('First name')).toBeFocused();
});
