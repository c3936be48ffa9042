/** Every address that pages of a browser ask for, or try to: what a policy stops, and what no name leads to, too. */
import type { BrowserContext, Page } from '@playwright/test';

const heardBinding = 'heardOfAnAttempt';

export class AskedAddresses {
  readonly #asked: string[] = [];

  /** From before the first page of this context on. */
  async listenTo(context: BrowserContext): Promise<void> {
    const hear = (address: string) => void this.#asked.push(address);
    context.on('request', (request) => hear(request.url()));
    await context.exposeBinding(heardBinding, (_source, address: string) => hear(address));
    await context.addInitScript((binding) => {
      addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        const tell: unknown = Reflect.get(globalThis, binding);
        if (typeof tell === 'function') tell(blockedURI);
      });
    }, heardBinding);
    context.on('page', (page) => void page.on('websocket', (socket) => hear(socket.url())));
  }

  /** What the browser itself says of this page. */
  async listenClosely(page: Page): Promise<void> {
    const line = await page.context().newCDPSession(page);
    line.on('Network.requestWillBeSent', ({ request }) => void this.#asked.push(request.url));
    line.on('Network.webSocketCreated', ({ url }) => void this.#asked.push(url));
    await line.send('Network.enable');
  }

  all(): readonly string[] {
    return this.#asked;
  }

  /** What isn't of this host and port. What a page holds itself isn't asked of anybody. */
  beyond(host: string): string[] {
    const isOwn = (address: string) =>
      /^(data|blob|about):/.test(address) ||
      [`https://${host}/`, `wss://${host}/`].some((own) => address.startsWith(own));
    return [...new Set(this.#asked.filter((address) => !isOwn(address)))];
  }
}
