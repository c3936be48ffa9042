/** What is drawn with and drawn on: products and lots, the clinic's own templates, and photographs on a client's card. */
import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { seedId } from '../../src/server/seed/fixed.ts';
import { test } from '../support/browser-test.ts';
import { drawn, fromPhone } from '../support/picture-files.ts';
import { enterAs } from '../support/sign-in.ts';
import { seriousFindings } from './portal-steps.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

const unique = (word: string): string => `${word} ${randomUUID().slice(0, 8)}`;
const anna = `/clients/${seedId('client', 1)}`;
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const textFile = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture at all') };
const save = (box: Locator): Promise<void> => box.getByRole('button', { name: 'Save' }).click();
const filesOf = (field: Locator): Locator =>
  field.getByLabel('Choose pictures', { exact: true }).and(field.locator('input'));

async function sees(picture: Locator): Promise<void> {
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
    .toBe(true);
}

async function addProduct(page: Page, name: string, code: string): Promise<void> {
  await page.getByRole('button', { name: 'New product' }).click();
  const box = page.getByRole('dialog', { name: 'New product' });
  await save(box);
  await expect(box.getByText('Fill this in.').first()).toBeVisible();
  await box.getByRole('textbox', { name: 'Name' }).fill(name);
  await box.getByRole('textbox', { name: 'Code' }).fill('BTX-100');
  await box.getByText('Millilitres (ml)').click();
  await save(box);
  await expect(box.getByText('This is already in use.')).toBeVisible();
  await expect(box.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await box.getByRole('textbox', { name: 'Code' }).fill(code);
  await save(box);
  await expect(box).toBeHidden();
}

test('a product with its lots: mistakes at their fields, what expires is said, what is unused goes', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  await page.goto('/settings/products');
  await expect(page.getByRole('button', { name: /^C6987 expired/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^C7204 expires/ })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  const name = unique('Booster');
  await addProduct(page, name, unique('B'));
  const row = page.getByRole('listitem').filter({ hasText: name }).first();
  await expect(row.getByText('No lot to use')).toBeVisible();

  const addLot = async (number: string, until: string) => {
    await page.getByRole('button', { name: `Add a lot to ${name}` }).click();
    const box = page.getByRole('dialog', { name: 'New lot' });
    await box.getByRole('textbox', { name: 'Lot number' }).fill(number);
    await box.getByLabel('Use until').fill(until);
    await save(box);
    return box;
  };
  await expect(await addLot('L1', day(-2))).toBeHidden();
  await expect(row.getByRole('button', { name: /^L1 expired/ })).toBeVisible();
  await expect(row.getByText('No lot to use')).toBeVisible();
  const again = await addLot('L1', day(200));
  await expect(again.getByText('This is already in use.')).toBeVisible();
  await again.getByRole('textbox', { name: 'Lot number' }).fill('L2');
  await save(again);
  await expect(row.getByRole('button', { name: /^L2 until/ })).toBeVisible();
  await expect(row.getByText('No lot to use')).toBeHidden();

  await row.getByRole('button', { name: /^L1 expired/ }).click();
  await page.getByRole('dialog', { name: 'L1' }).getByRole('button', { name: 'Remove' }).click();
  await expect(row.getByRole('button', { name: /^L1/ })).toBeHidden();
  await page.getByRole('searchbox', { name: 'Find a product or a lot' }).fill('l2');
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: `Edit ${name}` }).click();
  const box = page.getByRole('dialog', { name });
  expect(await seriousFindings(page)).toEqual([]);
  await box.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText(`${name} is removed.`)).toBeVisible();
  await expect(page.getByText('Nothing matches.')).toBeVisible();
});

test('an own template: kept, renamed, put out of use and taken back', async ({ page, context }) => {
  await enterAs(context, 'administrator');
  await page.goto('/settings/products');
  await page.getByRole('link', { name: 'Own templates' }).click();
  const field = page.getByRole('region', { name: 'Add templates' });
  const name = unique('Scalp');
  await filesOf(field).setInputFiles([
    { name: `${name}.png`, mimeType: 'image/png', buffer: await drawn(400, 500).png().toBuffer() },
    textFile,
  ]);
  await expect(field.getByText('notes.txt: This is no picture that can be read.')).toBeVisible();
  const open = page.getByRole('button', { name: `Open ${name}` });
  await sees(open.locator('img'));
  expect(await seriousFindings(page)).toEqual([]);
  await open.click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name} above`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Put out of use' }).click();
  await expect(page.getByText(`${name} above is out of use. Drawings on it stay.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: `Open ${name} above` })).toBeVisible();
});

test('photographs on the card: sent, seen, refused in words, named and compared', async ({
  page,
  context,
}) => {
  await enterAs(context, 'administrator');
  await page.goto(anna);
  const field = page.getByRole('region', { name: 'Add photographs' });
  await filesOf(field).setInputFiles(textFile);
  await expect(field.getByRole('alert')).toContainText('notes.txt: This is no picture that can be read.');
  const [before, after] = [unique('Before'), unique('After')];
  await filesOf(field).setInputFiles([
    { name: `${before}.jpg`, mimeType: 'image/jpeg', buffer: await fromPhone(640, 480) },
    { name: `${after}.webp`, mimeType: 'image/webp', buffer: await drawn(480, 640).webp().toBuffer() },
  ]);
  await expect(field.getByRole('alert')).toBeHidden();
  const opens = page.getByRole('button', { name: `Open ${before}` });
  await sees(opens.locator('img'));
  await opens.click();
  const whole = page.getByRole('dialog').locator('img');
  await sees(whole);
  // As it was held, not as the sensor lay.
  expect(await whole.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight])).toEqual([
    480, 640,
  ]);
  await page.getByRole('button', { name: 'Name and date' }).click();
  await page.getByRole('textbox', { name: 'Taken on' }).fill(day(40));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText("This day hasn't come yet.")).toBeVisible();
  await page.getByRole('textbox', { name: 'Taken on' }).fill('2026-03-02');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog').getByText('Taken on 2 Mar 2026')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Compare' }).click();
  const slider = page.getByRole('slider', { name: 'How much of “before” is shown' });
  await expect(slider).toHaveAttribute('aria-valuenow', '50');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', '52');
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', '0 % before');
  const frame = await slider.locator('..').boundingBox();
  if (frame === null) throw new Error('the pictures are not there');
  await page.mouse.move(frame.x + 2, frame.y + 20);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width * 0.75, frame.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute('aria-valuenow', '75');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByText('Side by side').click();
  await expect(slider).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('whoever neither treats nor reads drawings sees no photographs', async ({ page, context }) => {
  await enterAs(context, 'receptionist');
  await page.goto(anna);
  await expect(page.getByRole('heading', { level: 1, name: 'Anna Becker' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { name: 'Photographs' })).toHaveCount(0);
  const told = await page.request.get('/settings/products');
  expect(told.status()).toBe(403);
});
