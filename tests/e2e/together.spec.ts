/** A client on a phone and a receptionist at a desktop, at once and on two web processes: each sees the other's change without a reload. */
import { expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { settled } from '../support/page-ways.ts';
import { signIn } from '../support/sign-in.ts';
import { newPerson, phone, toDetails } from './portal-steps.ts';

const berlinDate = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date(instant));

// A reload would make another page, without the mark.
const markPage = () => Reflect.set(window, 'stillTheSamePage', true);
const isMarked = () => Reflect.get(window, 'stillTheSamePage') === true;

test('a booking appears at the desk, and what the desk does appears on the phone', async ({ browser }) => {
  const deskContext = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
  });
  const phoneContext = await browser.newContext(phone);
  const [desk, client] = [await deskContext.newPage(), await phoneContext.newPage()];

  await toDetails(client, 'Skin consultation');
  const startsAt = await client.locator('main time').first().getAttribute('datetime');
  const secondProcess = process.env.E2E_SECOND_URL ?? '';
  await signIn(desk, 'receptionist', secondProcess);
  await desk.goto(`${secondProcess}/calendar?date=${berlinDate(startsAt ?? '')}`);
  await settled(desk);
  await desk.evaluate(markPage);

  const person = newPerson('Mariana');
  await client.getByRole('button', { name: 'Book', exact: true }).click();
  await client.getByLabel('First name').fill(person.firstName);
  await client.getByLabel('Last name').fill(person.lastName);
  await client.getByLabel('E-mail').fill(person.email);
  await client.getByLabel('Choose a password').fill(person.password);
  await client.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(client.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  const appointmentId = new URL(client.url()).pathname.split('/').at(-1) ?? '';

  const block = desk.locator(`[data-visit="${appointmentId}"]`).first();
  await expect(block).toContainText('Mariana');

  await client.goto(`/visits/${appointmentId}`);
  await expect(client.getByRole('heading', { level: 1 })).toHaveText('Your visit');
  await settled(client);
  await client.evaluate(markPage);

  await block.focus();
  await desk.keyboard.press('Enter');
  const drawer = desk.getByRole('dialog', { name: 'Visit' });
  await drawer.getByRole('button', { name: 'More actions' }).click();
  await desk.getByRole('menuitem', { name: 'Cancel the visit' }).click();
  const question = desk.getByRole('dialog', { name: 'Cancel this visit?' });
  await question.getByRole('button', { name: 'Cancel the visit' }).click();

  await expect(client.getByText('Cancelled', { exact: true })).toBeVisible();
  await expect(desk.locator(`[data-visit="${appointmentId}"]`)).toHaveCount(0);
  expect([await desk.evaluate(isMarked), await client.evaluate(isMarked)]).toEqual([true, true]);
  await deskContext.close();
  await phoneContext.close();
});
