import type { BrowserContext, Cookie, Page } from '@playwright/test';
import { demoEmails, type Role } from './pages.ts';

type Person = Exclude<Role, 'nobody'>;

/** Signs in through the form, as people do, and waits until the page after it is there. */
export async function signIn(page: Page, role: Person, origin = ''): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.locator('input[name="email"]').fill(demoEmails[role]);
  await page.locator('input[name="password"]').fill(process.env.DEMO_PASSWORD ?? '');
  await page.locator('form button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

const sessions = new Map<Person, Cookie[]>();

/**
 * Makes a context that of somebody signed in: through the form the first time, with that session from then on, as
 * browsers keep it. Leaves no page open. A test that ends its session signs in by itself.
 */
export async function enterAs(context: BrowserContext, role: Person): Promise<void> {
  const known = sessions.get(role);
  if (known) return context.addCookies(known);
  const page = await context.newPage();
  await signIn(page, role);
  sessions.set(role, await context.cookies());
  await page.close();
}
