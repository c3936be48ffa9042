/** A drawing with several people: seen by all, undone by whose it is, kept over a reload and a lost network, finished for good. */
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { enterAs } from '../support/sign-in.ts';
import { inject, invited, openDraft, openPaper, saved, stroke, strokes, totals } from './drawing-steps.ts';

async function person(browser: Browser, role: 'specialist' | 'administrator'): Promise<Page> {
  const context = await browser.newContext();
  await enterAs(context, role);
  return opened(Promise.resolve(context));
}

const contexts: BrowserContext[] = [];
async function opened(context: Promise<BrowserContext>): Promise<Page> {
  contexts.push(await context);
  return (await context).newPage();
}
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

test('two draw: each sees the other, undoes their own, and a reload keeps everything', async ({
  browser,
}) => {
  const [elena, admin] = [await person(browser, 'specialist'), await person(browser, 'administrator')];
  const schemeId = await openDraft(elena.context(), 'Adeyemi', 'face_front_female');
  await openPaper(elena, schemeId);
  await openPaper(admin, schemeId);

  await elena.keyboard.press('i');
  await elena.keyboard.press('2');
  await inject(elena, 0.5, 0.4);
  await inject(elena, 0.45, 0.4);
  await expect(totals(admin)).toContainText('2 U');
  await stroke(admin, [0.6, 0.5], [0.7, 0.6]);
  await expect(strokes(elena)).toHaveCount(1);

  await elena.getByRole('button', { name: 'Undo' }).click();
  await expect(totals(admin)).toContainText('1 U');
  await expect(strokes(elena)).toHaveCount(1);
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(strokes(elena)).toHaveCount(0);
  await expect(totals(elena)).toContainText('1 U');
  await admin.getByRole('button', { name: 'Redo' }).click();
  await expect(strokes(elena)).toHaveCount(1);

  await expect(saved(admin)).toBeVisible();
  await elena.reload();
  await expect(strokes(elena)).toHaveCount(1);
  await expect(totals(elena)).toContainText('1 U');
});

test('without a network drawing goes on, and merges when it is back', async ({ browser }) => {
  const [elena, admin] = [await person(browser, 'specialist'), await person(browser, 'administrator')];
  const schemeId = await openDraft(elena.context(), 'Adeyemi', 'face_front_male');
  await openPaper(elena, schemeId);
  await openPaper(admin, schemeId);
  await elena.context().setOffline(true);
  await expect(elena.locator('[data-state="offline"]')).toBeVisible();
  await stroke(elena, [0.4, 0.5], [0.5, 0.55]);
  await stroke(admin, [0.6, 0.5], [0.7, 0.55]);
  await expect(saved(admin)).toBeVisible();
  await expect(strokes(elena)).toHaveCount(1);
  await elena.context().setOffline(false);
  await expect(strokes(elena)).toHaveCount(2);
  await expect(strokes(admin)).toHaveCount(2);
  await expect(saved(elena)).toBeVisible();
});

test('finished, it is drawn on no more, by nobody who is in it', async ({ browser }) => {
  const [elena, admin] = [await person(browser, 'specialist'), await person(browser, 'administrator')];
  const schemeId = await openDraft(elena.context(), 'Adeyemi', 'hand_left');
  await openPaper(elena, schemeId);
  await openPaper(admin, schemeId);
  await elena.getByRole('button', { name: 'Finish' }).click();
  await expect(elena.getByRole('dialog')).toContainText('Nothing is drawn yet');
  await elena.getByRole('dialog').getByRole('button', { name: 'Keep drawing' }).click();
  await elena.keyboard.press('i');
  await elena.keyboard.press('2');
  await inject(elena, 0.5, 0.4);
  await expect(saved(elena)).toBeVisible();
  await elena.getByRole('button', { name: 'Finish' }).click();
  await elena.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
  await elena.waitForURL(/\/finished/);
  await expect(admin.getByRole('status').filter({ hasText: 'finished or discarded' })).toBeVisible();
  await expect(admin.locator('[data-drawing]').getByRole('toolbar')).toHaveCount(0);
  await admin.goto(`/drawings/${schemeId}`);
  await admin.waitForURL(/\/finished/);
});

test('a guest is let in by name, draws in their own colour, and is out when it ends', async ({ browser }) => {
  const elena = await person(browser, 'specialist');
  const schemeId = await openDraft(elena.context(), 'Adeyemi', 'face_profile_left_female');
  await openPaper(elena, schemeId);
  await elena.getByRole('button', { name: 'Let the client join' }).click();
  await elena.getByRole('button', { name: 'Show a code' }).click();
  await expect(elena.getByRole('img', { name: 'Code to join' })).toBeVisible();
  const token = await invited(elena.context(), schemeId);
  const guest = await opened(browser.newContext({ viewport: { width: 390, height: 844 } }));
  await guest.goto(`/join/${token}`);
  await guest.getByLabel('Your name').fill('Anna');
  await guest.getByRole('button', { name: 'Join' }).click();
  await expect(guest.getByText('Waiting to be let in')).toBeVisible();
  await elena.getByRole('group', { name: 'Anna' }).getByRole('button', { name: 'Draw' }).click();
  await expect(guest.locator('[data-drawing="draw"]')).toBeVisible({ timeout: 60_000 });
  await expect(saved(guest)).toBeVisible();
  await stroke(guest, [0.4, 0.4], [0.6, 0.45]);
  await expect(strokes(elena)).toHaveCount(1);
  await elena.getByRole('button', { name: 'End for Anna' }).click();
  await expect(guest.getByText('The consultation has ended')).toBeVisible();
});
