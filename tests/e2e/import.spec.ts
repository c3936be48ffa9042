/** An old system's file as an administrator brings it: looked at, checked, imported, taken back; what can't be read says so. */
import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { enterAs } from '../support/sign-in.ts';
import { seriousFindings } from './portal-steps.ts';

test.beforeEach(async ({ context, page }) => {
  await enterAs(context, 'administrator');
  await page.goto('/settings/import');
});

const bring = (page: Page, name: string, content: string | Buffer) =>
  page
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

test('clients are checked, imported, found and taken back; a row that can’t be taken says why', async ({
  page,
}) => {
  const mark = randomUUID().slice(0, 8);
  const rows = [
    'Code;First name;Last name;Phone;Birthday',
    `A${mark};Frida;Old ${mark};+49 30 1234567;`,
    `B${mark};Theo;Old ${mark};;31.12.1980`,
    `C${mark};Ida;Late ${mark};;31.31.1980`,
  ];
  await bring(page, `clients-${mark}.csv`, rows.join('\r\n'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`clients-${mark}.csv`);
  await expect(page.getByText('3 rows · 5 columns')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'First name' })).toHaveValue('First name');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Check the file' }).click();
  const reasons = page.getByRole('region', { name: 'Why rows are not simply new' });
  await expect(reasons).toContainText('“Date of birth” is no date');
  await expect(page.getByText('Nothing has changed yet.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await expect(page.getByRole('button', { name: 'Take the import back' })).toBeVisible();

  const found = page.getByRole('table', { name: 'Clients' }).getByText(`Old ${mark}`);
  await page.goto(`/clients?q=Old+${mark}`);
  await expect(found).toHaveCount(2);
  await page.goBack();
  await page.getByRole('button', { name: 'Take the import back' }).click();
  const question = page.getByRole('dialog', { name: 'Take this import back?' });
  await question.getByRole('button', { name: 'Take the import back' }).click();
  await expect(page.getByRole('region', { name: 'Taken back' })).toContainText('2 entries are gone again');
  await page.goto(`/clients?q=Old+${mark}`);
  await expect(page.getByRole('searchbox', { name: 'Search clients' })).toHaveValue(`Old ${mark}`);
  await expect(found).toHaveCount(0);
});

test('a broken workbook and an empty file are refused where they were dropped, and the next one is taken', async ({
  page,
}) => {
  await bring(page, 'broken.xlsx', Buffer.from('PK\u0003\u0004 not a workbook at all'));
  const alert = page.getByRole('region', { name: 'Drop a CSV or Excel file here' }).getByRole('alert');
  await expect(alert).toContainText('The workbook is damaged or protected');
  await bring(page, 'empty.csv', '\r\n');
  await expect(alert).toContainText('There are no rows in this file');
  await bring(page, 'services.csv', 'Code,Name,Price\r\nOLD-1,Peeling,50\r\n');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('services.csv');
  await page.getByRole('button', { name: 'Remove the file' }).click();
  await expect(page.getByText('The file is removed.')).toBeVisible();
});
