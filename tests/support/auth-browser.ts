/** A browser at the sign-in library's other door, the one that needs no Next around it: cookies are kept, a form is a form. */
import NextAuth from 'next-auth';
import { sayingBusy, type Server } from '../../src/api/deps.ts';
import { handleAuth } from '../../src/api/http/auth-handler.ts';
import { deviceCookieName, sessionCookieName } from '../../src/api/session-cookie.ts';
import { appUrl } from './api-server.ts';

// Under Node alone a module of the older kind comes wrapped.
const library: typeof NextAuth =
  typeof NextAuth === 'function' ? NextAuth : (Reflect.get(NextAuth, 'default') as typeof NextAuth);

export type SignInForm = { email: string; password: string; code?: string; puzzle?: string };

export class AuthBrowser {
  readonly cookies: Record<string, string> = {};
  readonly #server: Server;
  /** What else each request carries, for example `x-forwarded-for`. */
  readonly #headers: Record<string, string>;

  constructor(server: Server, headers: Record<string, string> = {}) {
    this.#server = server;
    this.#headers = headers;
  }

  get cookieHeader(): string {
    return Object.entries(this.cookies)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('; ');
  }

  get session(): string | null {
    return this.cookies[sessionCookieName(appUrl)] ?? null;
  }

  get device(): string | null {
    return this.cookies[deviceCookieName(appUrl)] ?? null;
  }

  async ask(method: 'GET' | 'POST', path: string, form: Record<string, string> = {}): Promise<Response> {
    const answer = await sayingBusy(() =>
      handleAuth(this.#server, async (options) => {
        const headers = new Headers();
        let [status, body] = [200, ''];
        const response = {
          status: (code: number) => {
            status = code;
            return response;
          },
          getHeader: (name: string) => (name === 'Set-Cookie' ? headers.getSetCookie() : headers.get(name)),
          setHeader: (name: string, value: string | string[]) => {
            headers.delete(name);
            for (const each of [value].flat()) headers.append(name, each);
            return response;
          },
          json: (value: unknown) => void (body = JSON.stringify(value)),
          send: (value: unknown) => void (body = typeof value === 'string' ? value : JSON.stringify(value)),
          end: () => undefined,
        };
        const request = {
          method,
          query: { nextauth: path.split('/') },
          body: form,
          cookies: { ...this.cookies },
          headers: { host: 'localhost:3000', cookie: this.cookieHeader, ...this.#headers },
        };
        await library(request as never, response as never, options);
        return new Response(body || null, { status, headers });
      }),
    );
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = decodeURIComponent(pair.slice(at + 1));
      if (value === '') delete this.cookies[pair.slice(0, at)];
      else this.cookies[pair.slice(0, at)] = value;
    }
    return answer;
  }

  async send(path: string, form: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.ask('GET', 'csrf')).json()) as { csrfToken: string };
    return this.ask('POST', path, { ...form, csrfToken, callbackUrl: appUrl, json: 'true' });
  }

  /** Signs in as the form does: `in`, the library's word, or the answer's status where there is none. */
  async signIn(form: SignInForm): Promise<string> {
    const answer = await this.send('callback/credentials', { ...form });
    if (answer.status === 200) return 'in';
    if (answer.status !== 401) return String(answer.status);
    const { url } = (await answer.json()) as { url: string };
    return new URL(url, appUrl).searchParams.get('error') ?? '401';
  }
}
