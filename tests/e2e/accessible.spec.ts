/** axe finds nothing serious on any page; the looks take turns: a phone in light, a desktop in dark. */
import { expect } from '@playwright/test';
import { test } from '../support/browser-test.ts';
import { open, pagesOfProduct, type Role } from '../support/pages.ts';
import { enterAs } from '../support/sign-in.ts';
import { seriousFindings } from './portal-steps.ts';

const roles: Role[] = ['nobody', 'client', 'specialist', 'receptionist', 'administrator'];
/** Each page is looked at once; those that say less to a specialist, as one. */
const firstSeenBy: Record<string, Role> = {
  'calendar-day': 'specialist',
  'calendar-week': 'specialist',
  'client-card': 'specialist',
  clients: 'receptionist',
};

for (const role of roles)
  test(`every page as ${role}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    if (role !== 'nobody') await enterAs(context, role);
    const page = await context.newPage();
    page.on('response', (answer) => expect.soft(answer.status(), answer.url()).toBeLessThan(500));
    for (const [index, of] of pagesOfProduct.entries()) {
      if (role !== (firstSeenBy[of.name] ?? of.roles[0])) continue;
      const onPhone = index % 2 === 0;
      await test.step(of.name, async () => {
        await page.emulateMedia({ colorScheme: onPhone ? 'light' : 'dark' });
        await page.setViewportSize({ width: onPhone ? 390 : 1440, height: 900 });
        expect(await open(page, of), `the seeded clinic has nothing for ${of.name}`).toBe(true);
        expect.soft(await seriousFindings(page), of.name).toEqual([]);
      });
    }
    await context.close();
  });
