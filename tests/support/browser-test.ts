/** Playwright's `test`, which fails as well when any page throws, or does what its policy stops: nobody reads that error, and what it broke stays broken. */
import { type BrowserContext, expect, test as base } from '@playwright/test';

export const test = base.extend<{ nothingThrown: undefined }>({
  nothingThrown: [
    async ({ browser }, use) => {
      const thrown: string[] = [];
      const listen = (context: BrowserContext) => {
        context.on('weberror', (event) => {
          const error = event.error();
          thrown.push(`${event.page()?.url() ?? ''}: ${error.stack ?? error.message}`.slice(0, 600));
        });
        // Said once a page by whatever isn't let through; `report-only` isn't used.
        context.on('console', (message) => {
          if (/Content Security Policy/i.test(message.text()))
            thrown.push(`${message.page()?.url() ?? ''}: ${message.text()}`.slice(0, 600));
        });
      };
      browser.on('context', listen);
      await use(undefined);
      browser.off('context', listen);
      expect(thrown).toEqual([]);
    },
    { auto: true },
  ],
});
