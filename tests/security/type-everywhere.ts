/** Types texts into every text field of a page, and of the dialogs that its buttons open. */
import type { Locator, Page } from '@playwright/test';
import { settled } from '../support/page-ways.ts';

const fieldSelector = [
  'textarea',
  ...['text', 'search', 'email', 'tel', 'url', 'password'].map((type) => `input[type="${type}"]`),
  'input:not([type])',
  '[contenteditable="true"]',
].join(', ');

/** Each text in turn, as typing leaves it: the value, then the event that tells the page. */
async function typeInto(field: Locator, texts: readonly string[]): Promise<void> {
  await field.evaluate(async (element, all) => {
    for (const text of all) {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        const kind = element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
        Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(element, text);
      } else element.textContent = text;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done));
    }
    element.dispatchEvent(new Event('change', { bubbles: true }));
    if (element instanceof HTMLElement) element.blur();
  }, texts);
}

async function typeIntoAll(within: Locator, texts: readonly string[]): Promise<string[]> {
  const typed: string[] = [];
  const fields = within.locator(fieldSelector);
  for (let index = 0; index < (await fields.count()); index++) {
    const field = fields.nth(index);
    if (!(await field.isEditable().catch(() => false))) continue;
    const name = await field.evaluate(
      (element) =>
        (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]?.textContent
          : null) ??
        element.getAttribute('aria-label') ??
        element.getAttribute('name') ??
        element.tagName,
    );
    await typeInto(field, texts).catch(() => undefined);
    typed.push(name);
  }
  return typed;
}

const opensForm = /^(new|add|enter|block|edit|change|invite|cancel visit|decline)\b/i;

/** Answers the names of the fields that were typed into. */
export async function typeEverywhere(page: Page, texts: readonly string[]): Promise<string[]> {
  const body = page.locator('body');
  const dialog = page.getByRole('dialog');
  const hadDialog = (await dialog.count()) > 0;
  const typed = await typeIntoAll(hadDialog ? dialog.first() : body, texts);
  if (hadDialog) return typed;
  // Typing may have led on, or taken away what was there: the buttons are looked for on the page as it comes.
  await page.reload({ waitUntil: 'domcontentloaded' });
  await settled(page);
  const names = await page
    .locator('main')
    .getByRole('button', { name: opensForm })
    .evaluateAll((buttons) => [...new Set(buttons.map((each) => each.textContent.trim()))]);
  for (const name of names.slice(0, 6)) {
    await page
      .locator('main')
      .getByRole('button', { name, exact: true })
      .first()
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    const isOpen = await dialog
      .first()
      .waitFor({ timeout: 1_500 })
      .then(
        () => true,
        () => false,
      );
    if (!isOpen) continue;
    typed.push(...(await typeIntoAll(dialog.first(), texts)).map((field) => `${name}: ${field}`));
    await page.reload({ waitUntil: 'domcontentloaded' });
    await settled(page);
  }
  return typed;
}
