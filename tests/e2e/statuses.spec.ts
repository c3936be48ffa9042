/** What pages answer before a word of them is read: machines, caches and proxies know nothing else. */
import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import type { Role } from '../support/pages.ts';
import { drawnClientId, seededDrawings } from '../support/seeded-drawings.ts';
import { enterAs, signIn } from '../support/sign-in.ts';
import { bookAhead, DeskApi } from './desk-steps.ts';

const statusOf = async (request: APIRequestContext, path: string): Promise<number> =>
  (await request.get(path, { maxRedirects: 0 })).status();

const nowhere = randomUUID();
const pages: Record<Exclude<Role, 'nobody'>, Record<string, number>> = {
  administrator: {
    '/today': 200,
    '/calendar': 200,
    '/clients': 200,
    '/messages': 200,
    '/account': 200,
    '/settings/people': 200,
    [`/clients/${nowhere}`]: 404,
    '/clients/none': 404,
    '/calendar/none': 404,
    [`/clients/${nowhere}/drawings`]: 404,
    [`/clients/${nowhere}/regions`]: 404,
    [`/drawings/${nowhere}/finished`]: 404,
    '/me/drawings': 403,
    // The clients' pages are not theirs.
    '/visits': 403,
  },
  receptionist: {
    '/clients': 200,
    '/settings/people': 403,
    '/settings/catalogue': 403,
    [`/clients/${drawnClientId}/drawings`]: 403,
    [`/clients/${drawnClientId}/drawings/compare`]: 403,
    [`/clients/${drawnClientId}/regions`]: 403,
    [`/drawings/${seededDrawings.corrected}/finished`]: 404,
  },
  specialist: { '/calendar': 200, '/messages': 403, '/settings/people': 403 },
  client: {
    '/book': 200,
    '/visits': 200,
    '/me': 200,
    [`/visits/${nowhere}`]: 404,
    [`/visits/${nowhere}/reschedule`]: 404,
    [`/book/confirmed/${nowhere}`]: 404,
    '/me/drawings': 200,
    [`/me/drawings/${nowhere}`]: 404,
    [`/me/drawings/${seededDrawings.cheekbone}`]: 404,
    [`/drawings/${seededDrawings.corrected}/finished`]: 403,
    '/today': 403,
    '/calendar': 403,
    [`/clients/${nowhere}`]: 403,
  },
};

for (const [role, expected] of Object.entries(pages) as [Exclude<Role, 'nobody'>, Record<string, number>][]) {
  test(`${role}: forbidden is 403 and not found 404`, async ({ context }) => {
    await enterAs(context, role);
    const answers: Record<string, number> = {};
    for (const path of Object.keys(expected)) answers[path] = await statusOf(context.request, path);
    expect(answers).toEqual(expected);
  });
}

test('a session that has ended is led to the sign-in page by a redirect, and back', async ({
  page,
  context,
}) => {
  await signIn(page, 'client');
  const cookies = await context.cookies();
  await page.goto('/sign-out');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await context.addCookies(cookies);
  for (const path of ['/me', '/visits', '/today']) {
    const answer = await context.request.get(path, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([
      307,
      `/sign-in?callbackUrl=${encodeURIComponent(path)}`,
    ]);
  }
});

test('what is not there is said within the page’s own frame, and leads on', async ({ page, context }) => {
  await enterAs(context, 'receptionist');
  await page.goto(`/clients/${nowhere}`);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  // A card that is there opens as ever, also from a visit's drawer.
  const visit = await bookAhead(new DeskApi(context), 10);
  await page.goto(`/calendar?date=${visit.date}&visit=${visit.appointmentId}`);
  await page.getByRole('link', { name: "Open the client's card" }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(visit.clientName);
});

test('every page brings its policy, also under a file’s name; each of its scripts bears the nonce', async ({
  request,
}) => {
  for (const path of ['/sign-in', '/book', '/nothing-here', '/nothing-here.png', '/book/confirmed/x.svg']) {
    const answer = await request.get(path);
    const policy = answer.headers()['content-security-policy'] ?? '';
    const [, nonce = 'none'] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy) ?? [];
    expect(policy, path).not.toMatch(/script-src[^;]*unsafe/);
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
  }
});
