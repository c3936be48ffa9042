/** Signing in and out while the database is away: said by name, nothing lost, and well again by itself. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { readSession } from '../../src/server/access/sessions.ts';
import { openServer, type OpenServer } from '../support/api-server.ts';
import { AuthBrowser } from '../support/auth-browser.ts';
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
  await db.credential.create({ data: { accountId, passwordHash: await hashPassword(password) } });
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

class Browser extends AuthBrowser {
  constructor() {
    super(server);
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
    expect(browser.session).toBeNull();
    proxy.refuse(false);
    expect((await browser.send('callback/credentials', { email, password })).status).toBe(200);
    expect(browser.session).not.toBeNull();
    const wrong = await new Browser().send('callback/credentials', { email, password: randomUUID() });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain('CredentialsSignin');
  });

  it('keeps a session that it could not read, and ends none that it could not end', async () => {
    const browser = new Browser();
    await browser.send('callback/credentials', { email, password });
    const token = browser.session;
    if (token === null) throw new Error('not signed in');
    proxy.refuse(true);
    await isBusy(await browser.ask('GET', 'session'));
    await isBusy(await browser.send('signout', {}));
    proxy.refuse(false);
    expect(browser.session).toBe(token);
    expect(await readSession(database().db, token, new Date())).not.toBeNull();
    expect((await browser.send('signout', {})).status).toBe(200);
    expect(browser.session).toBeNull();
    expect(await readSession(database().db, token, new Date())).toBeNull();
  });
});
