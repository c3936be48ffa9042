/** The pages around a drawing: opened from the card, looked at when finished, corrected, shared, compared, and asked by region. */
import { type BrowserContext, expect, type Page } from '@playwright/test';
import superjson from 'superjson';
import { test } from '../support/browser-test.ts';
import { drawnClientId, seededDrawings } from '../support/seeded-drawings.ts';
import { enterAs } from '../support/sign-in.ts';
import { bookNow, DeskApi } from './desk-steps.ts';
import { phone, seriousFindings } from './portal-steps.ts';

const { first, corrected, cheekbone } = seededDrawings;
const card = `/clients/${drawnClientId}`;
const finished = (schemeId: string) => `/drawings/${schemeId}/finished`;

test.use({ viewport: { width: 1440, height: 1000 } });

test.beforeEach(async ({ context }) => enterAs(context, 'specialist'));

/** Takes a correction back, as the drawing's own page does. */
async function discard(context: BrowserContext, schemeId: string): Promise<void> {
  const origin = process.env.E2E_BASE_URL ?? '';
  const answer = await context.request.post(`${origin}/api/trpc/drawings.cancel`, {
    headers: { origin },
    data: superjson.serialize({ schemeId }),
  });
  expect(answer.status()).toBe(200);
}

const pictureIsThere = (page: Page, name: RegExp) =>
  expect
    .poll(() =>
      page
        .getByRole('img', { name })
        .evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
    )
    .toBeGreaterThan(0);

test('from the card: what is drawn on is chosen by one press, and the draft stands in the card', async ({
  page,
}) => {
  await page.goto(card);
  const section = page.getByRole('region', { name: 'Drawings', exact: true });
  await expect(section.getByRole('link', { name: /Revision 2/ })).toBeVisible();
  await section.getByRole('button', { name: 'New drawing' }).click();
  const dialog = page.getByRole('dialog', { name: 'What do you draw on?' });
  await expect(dialog.getByRole('region', { name: 'Face' }).getByRole('button')).toHaveCount(5);
  expect(await seriousFindings(page)).toEqual([]);

  // The proportions are remembered on this device; of a template drawn on before the last one can lie beneath.
  await dialog.getByText('Male', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await section.getByRole('button', { name: 'New drawing' }).click();
  await expect(dialog.getByRole('radio', { name: 'Male', exact: true })).toBeChecked();
  await dialog.getByText('Female', { exact: true }).click();
  await dialog.getByRole('checkbox', { name: /^Show the last drawing beneath/ }).check();
  await expect(dialog.getByRole('button', { name: /^Left profile.* beneath$/ })).toBeVisible();

  await dialog.getByRole('region', { name: 'Hands' }).getByRole('button', { name: 'Left' }).click();
  await page.waitForURL(/\/drawings\/[\da-f-]{36}$/);
  await page.goto(`${card}/drawings`);
  await expect(page.getByRole('link', { name: /^Left hand.*Draft/ })).toBeVisible();
});

test('from a visit under way: the question is asked at once, and only there', async ({ page, browser }) => {
  const desk = await browser.newContext();
  await enterAs(desk, 'receptionist');
  const appointmentId = await bookNow(new DeskApi(desk), 'Dr Elena Hoffmann');
  await desk.close();
  await page.goto(`/calendar?visit=${appointmentId}`);
  const visit = page.getByRole('dialog', { name: 'Visit' });
  await visit.getByRole('button', { name: 'More', exact: false }).click();
  await page.getByRole('menuitem', { name: 'Start the visit' }).click();
  await visit.getByRole('link', { name: 'Draw', exact: true }).click();
  await page.waitForURL(/\/drawings\?new=1&visit=[\da-f-]{36}$/);
  const dialog = page.getByRole('dialog', { name: 'What do you draw on?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/drawings$/);
});

test('a finished drawing says what was given, where and from which lot, and what a correction changed', async ({
  page,
}) => {
  await page.goto(finished(corrected));
  await pictureIsThere(page, /^Face, front, female as drawn/);
  const given = page.getByRole('region', { name: 'Given' });
  await expect(given.getByRole('heading', { name: /Botulinum toxin A, 100 U/ })).toContainText('46 U');
  await expect(given.getByRole('term').filter({ hasText: 'Crow’s feet, right' })).toBeVisible();
  await expect(given.getByText('Lot C7391')).toBeVisible();
  const changes = page.getByRole('region', { name: 'What changed since revision 1' });
  await expect(changes).toContainText('1 added');
  await expect(changes).toContainText('3 U → 4 U');
  await expect(page.getByText('Bled a little')).toBeVisible();

  // A mark is found on the picture by a press.
  const marks = page.getByRole('region', { name: 'Marks' });
  const mark = marks.getByRole('button', { name: /^Glabella/ }).first();
  await mark.click();
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('link', { name: /^Revision 1/ }).click();
  await expect(page.getByText('This is an earlier revision.')).toBeVisible();
  await expect(given.getByRole('heading', { name: /Botulinum toxin A, 100 U/ })).toContainText('45.5 U');
  await expect(page.getByRole('button', { name: 'Correct' })).toBeHidden();
});

test('it is corrected with a reason, and until that is finished the old one counts', async ({
  page,
  context,
}) => {
  await page.goto(finished(first));
  await page.getByRole('button', { name: 'Correct' }).click();
  const dialog = page.getByRole('dialog', { name: 'Correct this drawing' });
  await dialog.getByRole('button', { name: 'Open for correction' }).click();
  await expect(dialog.getByRole('alert')).toContainText('why it is corrected');
  await dialog.getByRole('textbox', { name: 'Why is it corrected?' }).fill('One point was forgotten.');
  await dialog.getByRole('button', { name: 'Open for correction' }).click();
  await page.waitForURL(new RegExp(`/drawings/${first}$`));

  await page.goto(finished(first));
  await expect(page.getByText('This drawing is open for correction.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Go on drawing' }).first()).toBeVisible();
  await discard(context, first);
  await expect(page.getByText('This drawing is open for correction.')).toBeHidden();
});

test('shared, its client sees it on their phone; taken back, it is gone', async ({ page, browser }) => {
  await page.goto(finished(cheekbone));
  const share = page.getByRole('switch', { name: 'Show it to the client' });
  await expect(share).not.toBeChecked();
  await share.check({ force: true });
  await expect(page.getByText('The client sees the drawing in the portal now')).toBeVisible();

  const own = await browser.newContext({ ...phone, reducedMotion: 'reduce' });
  await enterAs(own, 'client');
  const client = await own.newPage();
  await client.goto('/me');
  await client.getByRole('link', { name: /^Drawings/ }).click();
  await client.getByRole('link', { name: /Face, left profile/ }).click();
  await expect(client.getByRole('region', { name: 'What was given' })).toContainText('1 ml');
  await pictureIsThere(client, /^Your drawing of/);
  // Lots and notes are the staff's.
  await expect(client.getByRole('main')).not.toContainText('20611-1');
  expect(await seriousFindings(client)).toEqual([]);
  const pdf = await own.request.get(
    (await client.getByRole('link', { name: 'Save as PDF' }).getAttribute('href')) ?? '',
  );
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);

  await share.uncheck({ force: true });
  await expect(page.getByText('The client doesn’t see the drawing any more')).toBeVisible();
  expect((await own.request.get(`/me/drawings/${cheekbone}`)).status()).toBe(404);
  await client.goto('/me/drawings');
  await expect(client.getByRole('link', { name: /Face, left profile/ })).toHaveCount(0);
  await own.close();
});

test('two drawings lie over each other, and the line between them is moved by keys', async ({ page }) => {
  await page.goto(finished(corrected));
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Compare' }).click();
  await page.waitForURL(/\/drawings\/compare\?left=/);
  const slider = page.getByRole('slider', { name: 'One over the other' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', '52');
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuenow', '100');
  const table = page.getByRole('table', { name: 'What was given' });
  await expect(table.getByRole('row', { name: /^Botulinum toxin A, 100 U/ })).toContainText('+4 U');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(table.getByRole('row', { name: /^Botulinum toxin A, 100 U/ })).toContainText('−4 U');
  await page.getByText('Side by side', { exact: true }).click();
  await expect(page.getByRole('img', { name: /^Left: / })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Right: / })).toBeVisible();
});

test('a region tells all its visits, chosen in the list or on the template', async ({ page }) => {
  await page.goto(`${card}/regions`);
  await page
    .getByRole('region', { name: 'Regions' })
    .getByRole('button', { name: /^Glabella/ })
    .click();
  const doses = page.getByRole('table', { name: 'Given in this region' });
  await expect(doses.getByRole('link')).toHaveCount(2);
  await expect(doses.getByRole('row').last()).toContainText('24 U');
  await expect(page).toHaveURL(/region=glabella/);
  await page.locator('[data-region="crows_feet_left"]').click();
  await expect(page.getByRole('region', { name: 'Crow’s feet, left' })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await doses.getByRole('link').first().click();
  await page.waitForURL(/\/finished$/);
});

test('who may see the card and not what is drawn sees nothing of it', async ({ browser }) => {
  const desk = await browser.newContext();
  await enterAs(desk, 'receptionist');
  const page = await desk.newPage();
  await page.goto(card);
  await expect(page.getByRole('region', { name: 'Coming visits' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Drawings', exact: true })).toHaveCount(0);
  expect((await desk.request.get(`${card}/drawings`)).status()).toBe(403);
  expect((await desk.request.get(finished(corrected))).status()).toBe(404);
  await desk.close();
});
