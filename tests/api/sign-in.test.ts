/** Signing in and out while the database is away: said by name, nothing lost, and well again by itself. */
import { randomUUID } from 'node:crypto';
import NextAuth from 'next-auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayingBusy } from '../../src/api/deps.ts';
import { handleAuth } from '../../src/api/http/auth-handler.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { readSession } from '../../src/server/access/sessions.ts';
import { appUrl, openServer, type OpenServer } from '../support/api-server.ts';
import { fileDatabase } from '../support/database.ts';
import { makeAccount, makeRoles } from '../support/people.ts';
import { type FaultProxy, startFaultProxy } from '../support/proxy.ts';

const database = fileDatabase();
const password = 'a quiet morning';
const email = 'ana@example.com';
let proxy: FaultProxy;
let server: OpenServer;

beforeAll(async () => {
  const { db, runtimeUrl } = database();
  await makeRoles(db);
  const accountId = await makeAccount(db, { email, role: 'client' });
  await db.account.update({
    where: { id: accountId },
    data: { passwordHash: await hashPassword(password) },
  });
  const address = new URL(runtimeUrl);
  proxy = await startFaultProxy({ host: address.hostname, port: Number(address.port) });
  address.port = String(proxy.port);
  server = await openServer(address.href);
});
afterAll(async () => {
  proxy.refuse(false);
  await server.close();
  await proxy.stop();
});

/** A browser at the library's other door, the one that needs no Next around it. */
class Browser {
  readonly cookies: Record<string, string> = {};

  ask(method: 'GET' | 'POST', path: string, form: Record<string, string> = {}): Promise<Response> {
    return sayingBusy(() =>
      handleAuth(server, async (options) => {
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
          headers: { host: 'localhost:3000' },
        };
        await NextAuth(request as never, response as never, options);
        return new Response(body || null, { status, headers });
      }),
    ).then((answer) => {
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        const value = decodeURIComponent(pair.slice(at + 1));
        if (value === '') delete this.cookies[pair.slice(0, at)];
        else this.cookies[pair.slice(0, at)] = value;
      }
      return answer;
    });
  }

  async send(path: string, form: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.ask('GET', 'csrf')).json()) as { csrfToken: string };
    return this.ask('POST', path, { ...form, csrfToken, callbackUrl: appUrl, json: 'true' });
  }

  get token(): string | null {
    return this.cookies[sessionCookieName(appUrl)] ?? null;
  }
}

const isBusy = async (answer: Response): Promise<void> => {
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await answer.json()).toEqual({ error: 'busy' });
};

describe('signing in and out while the database is away', () => {
  it('says "busy", not "wrong password", and goes through as soon as it is back', async () => {
    const browser = new Browser();
    proxy.refuse(true);
    await isBusy(await browser.send('callback/credentials', { email, password }));
    expect(browser.token).toBeNull();
    proxy.refuse(false);
    expect((await browser.send('callback/credentials', { email, password })).status).toBe(200);
    expect(browser.token).not.toBeNull();
    const wrong = await new Browser().send('callback/credentials', { email, password: randomUUID() });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain('CredentialsSignin');
  });

  it('keeps a session that it could not read, and ends none that it could not end', async () => {
    const browser = new Browser();
    await browser.send('callback/credentials', { email, password });
    const { token } = browser;
    if (token === null) throw new Error('not signed in');
    proxy.refuse(true);
    await isBusy(await browser.ask('GET', 'session'));
    await isBusy(await browser.send('signout', {}));
    proxy.refuse(false);
    expect(browser.token).toBe(token);
    expect(await readSession(database().db, token, new Date())).not.toBeNull();
    expect((await browser.send('signout', {})).status).toBe(200);
    expect(browser.token).toBeNull();
    expect(await readSession(database().db, token, new Date())).toBeNull();
  });
});
