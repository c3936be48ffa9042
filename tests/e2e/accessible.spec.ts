/** axe finds nothing serious on any page, for nobody and for every role, on a phone and on a desktop, light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, pagesOfProduct, type Role } from '../support/pages.ts';
import { signIn } from '../support/sign-in.ts';

const roles: Role[] = ['nobody', 'client', 'specialist', 'receptionist', 'administrator'];
const looks = [
  { width: 390, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const;

for (const role of roles)
  for (const { width, colorScheme } of looks)
    test(`every page as ${role} at ${width} px, ${colorScheme}`, async ({ browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      if (role !== 'nobody') await signIn(page, role);
      page.on('response', (answer) => expect.soft(answer.status(), answer.url()).toBeLessThan(500));
      for (const of of pagesOfProduct) {
        if (!of.roles.includes(role)) continue;
        await test.step(of.name, async () => {
          expect(await open(page, of), `the seeded clinic has nothing for ${of.name}`).toBe(true);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          const told = serious.map(
            ({ id, nodes }) =>
              `${id}: ${nodes
                .slice(0, 3)
                .map(({ html }) => html.slice(0, 160))
                .join(' | ')}`,
          );
          expect.soft(told, of.name).toEqual([]);
        });
      }
      await context.close();
    });
