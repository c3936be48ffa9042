/** What one's own account is entered by, through the doors people use: rungs, refusals and what an overdue second factor holds back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { factorGraceDays } from '../../src/domain/access/second-factor.ts';
import { rememberDevice } from '../../src/server/access/devices.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { transact } from '../../src/server/db.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { call, read, wire } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { makeAccount, makeRoles, origin } from '../support/people.ts';

const database = fileDatabase();
const clock = fixedClock();
const password = 'a quiet morning';
let passwordHash = '';
let server: OpenServer;
let count = 0;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  await makeHouse(database().db, { hours: false });
  await makeRoles(database().db);
  passwordHash = await hashPassword(password);
});
afterAll(() => server.close());

type Role = 'client' | 'specialist' | 'receptionist' | 'administrator';

async function account(role: Role, more: { hasFactor?: boolean } = {}): Promise<string> {
  const { db } = database();
  const accountId = await makeAccount(db, { role, email: `person${++count}@example.com` });
  await db.credential.create({ data: { accountId, passwordHash } });
  if (more.hasFactor === false) await db.secondFactor.deleteMany({ where: { accountId } });
  return accountId;
}

async function signedIn(accountId: string, openedBy: 'password' | 'pin' = 'password'): Promise<string> {
  const token = await transact(database().db, (tx) =>
    openSession(tx, { id: randomUUID(), accountId, now: clock.now(), origin, openedBy }),
  );
  return `${sessionCookieName(appUrl)}=${token}`;
}

const change = (cookie: string, path: string, input?: unknown) =>
  call(server, 'mutation', path, { input, cookie });
const look = (cookie: string, path: string, input?: unknown) =>
  call(server, 'query', path, { input, cookie });

describe('STEP-2: what opens much wants a fresh proof', () => {
  const guarded: [path: string, input: unknown, role: Role][] = [
    ['account.beginFactor', undefined, 'client'],
    ['account.confirmFactor', { code: '000000' }, 'client'],
    ['account.renewRecoveryCodes', undefined, 'client'],
    ['account.switchOffFactor', { password }, 'client'],
    ['account.endOtherSessions', undefined, 'client'],
    ['account.choosePin', { pin: '839271' }, 'receptionist'],
    [
      'people.createStaff',
      { name: 'Eve', email: 'eve@example.com', roleIds: [randomUUID()], password: 'a quiet morning' },
      'administrator',
    ],
    [
      'people.updateStaff',
      { accountId: randomUUID(), version: 1, name: 'Eve', roleIds: [randomUUID()], isBlocked: false },
      'administrator',
    ],
    ['people.resetPassword', { accountId: randomUUID(), password: 'a quiet morning' }, 'administrator'],
    ['clientAccounts.block', { clientId: randomUUID(), isBlocked: true }, 'administrator'],
    ['clientAccounts.takeFactor', { clientId: randomUUID() }, 'administrator'],
  ];

  it.each(guarded)('%s', async (path, input, role) => {
    const accountId = await account(role);
    const byPin = await signedIn(accountId, 'pin');
    expect((await change(byPin, path, input)).refusalCode).toBe('proof_needed');
    const cookie = await signedIn(accountId);
    clock.advanceMinutes(10);
    expect((await change(cookie, path, input)).refusalCode).not.toBe('proof_needed');
    clock.advanceMinutes(1);
    expect((await change(cookie, path, input)).refusalCode).toBe('proof_needed');
  });

  it('is proven by the password, for ten minutes, for that session alone', async () => {
    const accountId = await account('receptionist');
    const [pin, other] = [await signedIn(accountId, 'pin'), await signedIn(accountId, 'pin')];
    expect((await change(pin, 'account.prove', { password: 'a loud evening' })).refusalCode).toBe(
      'invalid_input',
    );
    expect((await change(pin, 'account.choosePin', { pin: '839271' })).refusalCode).toBe('proof_needed');
    expect((await change(pin, 'account.prove', { password })).status).toBe(200);
    expect((await change(pin, 'account.choosePin', { pin: '839271' })).status).toBe(200);
    expect((await change(other, 'account.choosePin', { pin: '839271' })).refusalCode).toBe('proof_needed');
    clock.advanceMinutes(11);
    expect((await change(pin, 'account.choosePin', { pin: '470962' })).refusalCode).toBe('proof_needed');
  });
});

describe('FAC-6: an administrator without a second factor', () => {
  // Nobody else has one yet.
  beforeEach(() => database().db.secondFactor.deleteMany());

  it('made after another had theirs sets it up before anything else', async () => {
    const elder = await account('administrator');
    const newcomer = await account('administrator', { hasFactor: false });
    const cookie = await signedIn(newcomer);
    const at = (days: number) => new Date(clock.now().getTime() + days * 86_400_000);
    await database().db.secondFactor.update({ where: { accountId: elder }, data: { confirmedAt: at(-30) } });
    await database().db.account.update({ where: { id: newcomer }, data: { createdAt: at(-1) } });
    expect((await look(cookie, 'people.staff')).refusalCode).toBe('second_factor_needed');
    // Not where the other can't sign in any more: then this one is the first.
    await database().db.account.update({ where: { id: elder }, data: { blockedAt: at(0) } });
    expect((await look(cookie, 'people.staff')).status).toBe(200);
    await database().db.account.update({ where: { id: elder }, data: { blockedAt: null } });
    await database().db.secondFactor.update({ where: { accountId: elder }, data: { confirmedAt: at(-0.5) } });
    expect((await look(cookie, 'people.staff')).status).toBe(200);
  });

  it('works as ever until it is overdue; then everything but the own account waits for it', async () => {
    const accountId = await account('administrator', { hasFactor: false });
    const made = async (daysAgo: number) =>
      database().db.account.update({
        where: { id: accountId },
        data: { createdAt: new Date(clock.now().getTime() - daysAgo * 86_400_000) },
      });
    const cookie = await signedIn(accountId);
    await made(factorGraceDays - 1);
    expect((await look(cookie, 'people.staff')).status).toBe(200);
    await made(factorGraceDays);
    for (const [path, input] of [
      ['people.staff', undefined],
      ['clients.list', {}],
      ['clinic.policy', undefined],
    ] as const) {
      const answer = await look(cookie, path, input);
      expect(answer.status, path).not.toBe(200);
      expect(answer.value, path).toBeUndefined();
    }
    expect((await look(cookie, 'people.staff')).refusalCode).toBe('second_factor_needed');
    expect(
      (await change(cookie, 'people.deleteSpecialist', { specialistId: randomUUID() })).refusalCode,
    ).toBe('second_factor_needed');
    // The own account stays open, and with it the way out.
    for (const path of ['account.me', 'account.sessions', 'account.security'])
      expect((await look(cookie, path)).status, path).toBe(200);
    const begun = await change(cookie, 'account.beginFactor');
    const { seed } = begun.value as { seed: string };
    const code = codeAt(seed, stepAt(clock.now()));
    const confirmed = await change(cookie, 'account.confirmFactor', { code });
    expect(confirmed.value).toMatchObject({ recoveryCodes: expect.arrayContaining([expect.any(String)]) });
    expect((await look(cookie, 'people.staff')).status).toBe(200);
  });

  it('holds nobody else back', async () => {
    for (const role of ['receptionist', 'specialist', 'client'] as const) {
      const cookie = await signedIn(await account(role));
      const path = role === 'client' ? 'booking.ownVisits' : 'clients.list';
      expect((await look(cookie, path, role === 'client' ? undefined : {})).status, role).toBe(200);
    }
  });
});

describe('REC-4: recovery through the open door', () => {
  it('answers byte for byte alike for a known and an unknown address', async () => {
    await account('client');
    const known = await change('', 'account.askReset', { email: `person${count}@example.com` });
    const unknown = await change('', 'account.askReset', { email: 'nobody@example.com' });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(known.status).toBe(200);
  });

  it('a link that isn’t one opens nothing', async () => {
    const answer = await change('', 'account.resetByLink', { token: 'x'.repeat(43), newPassword: password });
    expect(answer.refusalCode).toBe('link_lapsed');
  });
});

describe('PIN-3: locking and coming back', () => {
  /** As a browser that keeps the device's cookie. */
  const comeBack = async (accountId: string, deviceToken: string, more: Record<string, string> = {}) => {
    const request = new Request(`${appUrl}/api/trpc/account.returnByPin`, {
      method: 'POST',
      headers: {
        origin: appUrl,
        host: 'localhost:3000',
        'content-type': 'application/json',
        cookie: `dermis.device=${deviceToken}`,
        ...more,
      },
      body: wire({ accountId, pin: '839271' }),
    });
    const response = await handleTrpc(request, server);
    const session = response.headers
      .getSetCookie()
      .find((line) => line.startsWith(`${sessionCookieName(appUrl)}=`));
    return { ...(await read(response)), cookie: session?.split(';')[0] ?? null };
  };

  it('ends the session at once; the PIN opens another, which is asked for the password', async () => {
    const accountId = await account('receptionist');
    const device = await transact(database().db, (tx) =>
      rememberDevice(tx, { now: clock.now, newId: randomUUID }, accountId, { userAgent: null }),
    );
    const cookie = await signedIn(accountId);
    expect((await change(cookie, 'account.choosePin', { pin: '839271' })).status).toBe(200);
    expect((await change(cookie, 'account.lock')).status).toBe(200);
    expect((await look(cookie, 'account.me')).status).toBe(401);
    expect((await comeBack(accountId, 'x'.repeat(43))).refusalCode).toBe('proof_refused');
    const back = await comeBack(accountId, device.token ?? '');
    expect([back.status, back.value]).toEqual([200, null]);
    expect((await look(back.cookie ?? '', 'clients.list', {})).status).toBe(200);
    expect((await change(back.cookie ?? '', 'account.choosePin', { pin: '470962' })).refusalCode).toBe(
      'proof_needed',
    );
  });

  it('nothing is tried where the cookie could not be set any more', async () => {
    const accountId = await account('receptionist');
    const answer = await comeBack(accountId, 'x'.repeat(43), { 'trpc-accept': 'application/jsonl' });
    expect(answer.body).toContain('BAD_REQUEST');
  });
});
