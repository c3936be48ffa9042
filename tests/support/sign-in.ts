import type { Page } from '@playwright/test';
import { demoEmails, type Role } from './pages.ts';

/** Signs in through the form, as people do, and waits until the page after it is there. */
export async function signIn(page: Page, role: Exclude<Role, 'nobody'>, origin = ''): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.locator('input[name="email"]').fill(demoEmails[role]);
  await page.locator('input[name="password"]').fill(process.env.DEMO_PASSWORD ?? '');
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
