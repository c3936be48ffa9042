/** A page under watch: whether anything of a payload ran, or became more than text without running. */
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { calledName } from './payloads.ts';

export interface Watched {
  /** Everything seen since the watch began, each once, with where. */
  found: Set<string>;
  /** Looks through the page as it stands. */
  look(page: Page): Promise<void>;
}

/** Looked for in the page: markup that says the payload's call anywhere but in text. Next's own data stands in scripts of its own. */
function markupOf(name: string): string[] {
  const seen: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    if (element instanceof HTMLScriptElement && element.text.includes(name)) {
      if (!element.text.startsWith('self.__next_f.push(')) seen.push(`script ${element.text.slice(0, 80)}`);
      continue;
    }
    if (element instanceof HTMLStyleElement && element.textContent.includes(name)) seen.push('style');
    for (const { name: attribute, value } of element.attributes) {
      const isEvent = attribute.startsWith('on');
      const isAddress = ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'xlink:href'].includes(
        attribute,
      );
      const runs = isEvent || /^\s*(javascript|data|vbscript)\s*:/i.test(value.replaceAll(/[^!-~]/g, ''));
      if (value.includes(name) && (isEvent || isAddress) && runs)
        seen.push(`${element.tagName.toLowerCase()}[${attribute}=${value.slice(0, 80)}]`);
    }
  }
  return seen;
}

/** A letter is shown in a frame that may neither run scripts nor reach out of itself: what stands in it stays there. */
const isSandboxed = async (frame: Frame): Promise<boolean> => {
  if (frame.parentFrame() === null) return false;
  const element = await frame.frameElement();
  const sandbox = await element.getAttribute('sandbox');
  return sandbox !== null && !sandbox.includes('allow-scripts');
};

/** Watches every page of a context from its first line on. */
export async function watchContext(context: BrowserContext): Promise<Watched> {
  const found = new Set<string>();
  const where = (page: Page) => new URL(page.url()).pathname;
  await context.exposeBinding(calledName, ({ page }, number: unknown) => {
    found.add(`${where(page)}: payload ${String(number)} ran`);
  });
  context.on('dialog', (dialog) => {
    // A form that holds words nobody saved asks before it goes.
    if (dialog.type() === 'beforeunload') return void dialog.accept().catch(() => undefined);
    found.add(`a dialog: ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  // The policy would stop a script that got in; that it got in is the fault.
  await context.exposeBinding('dermisStopped', ({ page }, what: unknown) => {
    found.add(`${where(page)}: the policy stopped ${String(what)}`);
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const told: unknown = Reflect.get(globalThis, 'dermisStopped');
      if (typeof told === 'function') told(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return {
    found,
    async look(page) {
      for (const frame of page.frames()) {
        if (await isSandboxed(frame).catch(() => true)) continue;
        const markup = await frame.evaluate(markupOf, calledName).catch(() => []);
        for (const each of markup) found.add(`${where(page)}: ${each}`);
      }
    },
  };
}
