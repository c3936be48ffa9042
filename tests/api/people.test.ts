/** Accounts, cards, visits and messages over HTTP, as a browser speaks to them. */
import { randomUUID } from 'node:crypto';
import superjson from 'superjson';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../src/api/deps.ts';
import { handleCalendarFile } from '../../src/api/http/calendar-file.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { readEnv } from '../../src/server/env.ts';
import { openEventHub } from '../../src/server/live/hub.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import {
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  openBench,
  origin,
} from '../support/people.ts';

const database = fileDatabase();
const appUrl = 'http://localhost:3000';
let bench: Bench;
let server: Server;

beforeAll(async () => {
  const { runtimeUrl } = database();
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  const env = readEnv({
    DATABASE_URL: runtimeUrl,
    NEXTAUTH_SECRET: 'x'.repeat(32),
    MASTER_KEY: 'k'.repeat(32),
    APP_URL: appUrl,
  });
  server = { env, deps: bench.deps, hub: await openEventHub(runtimeUrl) };
});
afterAll(async () => {
  await server.hub.stop();
  await bench.stop();
});
beforeEach(() => bench.clock.advanceMinutes(1));

interface Answer {
  status: number;
  body: string;
  value: unknown;
  refusal: { code: string } | null;
  sessionCookie: string | null;
}

async function call(
  path: string,
  input: unknown,
  options: { cookie?: string; query?: boolean; streamed?: boolean } = {},
): Promise<Answer> {
  const json = JSON.stringify(superjson.serialize(input));
  const url = `${appUrl}/api/trpc/${path}${options.query ? `?input=${encodeURIComponent(json)}` : options.streamed ? '?batch=1' : ''}`;
  const request = new Request(url, {
    method: options.query ? 'GET' : 'POST',
    headers: {
      origin: appUrl,
      host: 'localhost:3000',
      'content-type': 'application/json',
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...(options.streamed ? { 'trpc-accept': 'application/jsonl' } : {}),
    },
    ...(options.query
      ? {}
      : { body: options.streamed ? JSON.stringify({ 0: superjson.serialize(input) }) : json }),
  });
  const response = await handleTrpc(request, server);
  const body = await response.text();
  const parsed = options.streamed
    ? {}
    : (JSON.parse(body) as {
        result?: { data: never };
        error?: { json: { data: { refusal: { code: string } | null } } };
      });
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    body,
    value: parsed.result ? superjson.deserialize(parsed.result.data) : undefined,
    refusal: parsed.error?.json.data.refusal ?? null,
    sessionCookie:
      cookies.find((line) => line.startsWith(`${sessionCookieName(appUrl)}=`))?.split(';')[0] ?? null,
  };
}

async function cookieOf(accountId: string): Promise<string> {
  const token = await bench.db.$transaction((tx) =>
    openSession(tx, { id: randomUUID(), accountId, now: bench.clock.now(), origin }),
  );
  return `${sessionCookieName(appUrl)}=${token}`;
}

const newcomer = (email: string) => ({
  firstName: 'Ana',
  lastName: 'Reis',
  email,
  phone: '',
  password: 'a quiet morning',
  locale: 'en',
});

describe('registering', () => {
  it('answers byte for byte alike for a known and an unknown address, and signs in', async () => {
    await makeAccount(bench.db, { email: 'known@example.com', role: 'client' });
    const known = await call('account.register', newcomer('known@example.com'));
    const unknown = await call('account.register', newcomer('unknown@example.com'));
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(known.status).toBe(200);
    for (const { sessionCookie } of [known, unknown]) {
      const me = await call('account.me', undefined, { query: true, cookie: sessionCookie ?? '' });
      expect(me.value).toMatchObject({ kind: 'client', firstName: 'Ana', emailVerified: false });
    }
  });

  it('does nothing where the cookie could not be set any more', async () => {
    const before = await bench.db.account.count();
    await call('account.register', newcomer('streamed@example.com'), { streamed: true });
    expect(await bench.db.account.count()).toBe(before);
  });

  it.each([
    ['an e-mail that is none', { email: 'ana@' }, 'email', 'email'],
    ['a short password', { password: 'short' }, 'password', 'password_short'],
    ['no name', { firstName: '  ' }, 'firstName', 'required'],
    ['an advertisement for a name', { firstName: 'Win at www.example.com' }, 'firstName', 'name'],
    ['letters for a phone', { phone: 'call me' }, 'phone', 'phone'],
  ])('says at its field what is wrong: %s', async (_what, change, path, message) => {
    const { status, body } = await call('account.register', { ...newcomer('field@example.com'), ...change });
    expect(status).toBe(400);
    const { error } = JSON.parse(body) as {
      error: { json: { data: { formErrors: { path: string; message: string }[] } } };
    };
    expect(error.json.data.formErrors).toMatchObject([{ path, message }]);
  });
});

describe('one’s own account', () => {
  it('changes name, phone and card; a new password ends every other session', async () => {
    const { sessionCookie } = await call('account.register', newcomer('own@example.com'));
    const cookie = sessionCookie ?? '';
    const { accountId } = await bench.db.account
      .findFirstOrThrow({ where: { email: 'own@example.com' }, select: { id: true } })
      .then(({ id }) => ({ accountId: id }));
    const other = await cookieOf(accountId);
    const update = await call(
      'account.update',
      { firstName: 'Ána', lastName: 'Réis', phone: '+351 912 345 678' },
      { cookie },
    );
    expect(update.status).toBe(200);
    expect(await bench.db.client.findFirst({ where: { accountId } })).toMatchObject({
      firstName: 'Ána',
      phone: '+351912345678',
    });
    const wrong = await call(
      'account.changePassword',
      { currentPassword: 'a loud evening', newPassword: 'another quiet morning' },
      { cookie },
    );
    expect(wrong.refusal).toMatchObject({ code: 'wrong_credentials' });
    const changed = await call(
      'account.changePassword',
      { currentPassword: 'a quiet morning', newPassword: 'another quiet morning' },
      { cookie },
    );
    expect(changed.status).toBe(200);
    expect((await call('account.me', undefined, { query: true, cookie })).status).toBe(200);
    expect((await call('account.me', undefined, { query: true, cookie: other })).status).toBe(401);
  });
});

describe('the language of the pages', () => {
  it('becomes that of the account and of its card, with a line in the trail', async () => {
    const { sessionCookie } = await call('account.register', newcomer('tongue@example.com'));
    const cookie = sessionCookie ?? '';
    const chosen = await call('account.chooseLanguage', { locale: 'ru' }, { cookie });
    expect(chosen.status).toBe(200);
    expect((await call('account.me', undefined, { query: true, cookie })).value).toMatchObject({
      locale: 'ru',
      firstName: 'Ana',
    });
    const card = await bench.db.client.findFirstOrThrow({ where: { email: 'tongue@example.com' } });
    expect(card.locale).toBe('ru');
    const trail = { where: { subjectId: card.id, action: 'client.update', actorKind: 'client' } };
    expect(await bench.db.auditEntry.findMany(trail)).toMatchObject([{ detail: { locale: ['en', 'ru'] } }]);
    // Chosen again it is no change.
    await call('account.chooseLanguage', { locale: 'ru' }, { cookie });
    expect(await bench.db.auditEntry.count(trail)).toBe(1);
  });

  it('is nobody’s where nobody is signed in, and only one of ours', async () => {
    const before = await bench.db.account.findMany({ orderBy: { id: 'asc' } });
    expect((await call('account.chooseLanguage', { locale: 'ru' })).status).toBe(200);
    expect((await call('account.chooseLanguage', { locale: 'xx' })).status).toBe(400);
    expect(await bench.db.account.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  it('is kept for staff, who have no card', async () => {
    const accountId = await makeAccount(bench.db, { email: 'polyglot@example.com', role: 'administrator' });
    const cookie = await cookieOf(accountId);
    expect((await call('account.chooseLanguage', { locale: 'ru' }, { cookie })).status).toBe(200);
    expect(await bench.db.account.findUnique({ where: { id: accountId } })).toMatchObject({ locale: 'ru' });
  });
});

const staffOnly: [path: string, input: unknown, query: boolean][] = [
  ['clients.list', {}, true],
  ['clients.search', { search: 'a' }, true],
  ['clients.choices', undefined, true],
  ['clients.card', { clientId: randomUUID() }, true],
  ['clients.visits', { clientId: randomUUID() }, true],
  ['clients.history', { clientId: randomUUID() }, true],
  ['clients.create', { firstName: 'X', lastName: '', idempotencyKey: randomUUID() }, false],
  ['clients.edit', { clientId: randomUUID(), updatedAt: new Date(), firstName: 'X', lastName: '' }, false],
  ['clients.addTag', { clientId: randomUUID(), tagId: randomUUID() }, false],
  ['clients.addNewTag', { clientId: randomUUID(), name: 'X' }, false],
  ['clients.removeTag', { clientId: randomUUID(), tagId: randomUUID() }, false],
  ['clients.linkCandidates', { clientId: randomUUID() }, true],
  ['clients.linkAccount', { clientId: randomUUID(), accountCardId: randomUUID(), reason: 'because' }, false],
  ['visits.start', { appointmentId: randomUUID() }, false],
  ['visits.complete', { visitId: randomUUID() }, false],
  ['messages.list', {}, true],
  ['messages.counts', undefined, true],
  ['messages.open', { messageId: randomUUID() }, true],
  ['messages.ofClient', { clientId: randomUUID() }, true],
  ['messages.retry', { messageId: randomUUID() }, false],
];
const ownOnly: [path: string, input: unknown, query: boolean][] = [
  ['account.me', undefined, true],
  ['account.proveEmail', { code: '000000' }, false],
  ['account.resendCode', undefined, false],
  ['account.correctEmail', { email: 'x@example.com' }, false],
  ['account.update', { firstName: 'X', lastName: '', phone: null }, false],
  ['account.changePassword', { currentPassword: 'x', newPassword: 'a quiet morning' }, false],
];

it.each([...staffOnly, ...ownOnly])('%s is closed to nobody', async (path, input, query) => {
  expect((await call(path, input, { query })).status).toBe(401);
});

it.each(staffOnly)('%s is closed to clients', async (path, input, query) => {
  const accountId = await makeAccount(bench.db, { email: `${randomUUID()}@example.com`, role: 'client' });
  const answer = await call(path, input, { query, cookie: await cookieOf(accountId) });
  expect([answer.status, answer.refusal?.code]).toEqual([403, 'forbidden']);
});

it.each(staffOnly.filter(([path]) => /messages|create|edit|Tag$|link/i.test(path)))(
  '%s is closed to a specialist without the right',
  async (path, input, query) => {
    const accountId = await makeAccount(bench.db, {
      email: `${randomUUID()}@example.com`,
      role: 'specialist',
    });
    expect((await call(path, input, { query, cookie: await cookieOf(accountId) })).status).toBe(403);
  },
);

it('a specialist reads the card of a client who visits them, without contacts, and no other', async () => {
  const accountId = await makeAccount(bench.db, { email: 'anna@example.com', role: 'specialist' });
  await bench.db.specialist.update({ where: { id: house.anna }, data: { accountId } });
  const cookie = await cookieOf(accountId);
  const own = await makeCard(bench.db, { email: 'secret@example.com' });
  await makeAppointment(bench.db, { clientId: own });
  const foreign = await makeCard(bench.db);
  const card = await call('clients.card', { clientId: own }, { query: true, cookie });
  expect(card.value).toMatchObject({ contact: null });
  expect(card.body).not.toContain('secret@');
  expect((await call('clients.list', {}, { query: true, cookie })).body).not.toContain('secret@');
  expect((await call('clients.card', { clientId: foreign }, { query: true, cookie })).status).toBe(404);
});

describe('a visit as a calendar file', () => {
  const get = async (appointmentId: string, cookie?: string) =>
    handleCalendarFile(
      new Request(`${appUrl}/api/ics/${appointmentId}`, { headers: cookie ? { cookie } : {} }),
      appointmentId,
      server,
    );

  it('is given to its client and to staff who may see it, and to nobody else', async () => {
    const accountId = await makeAccount(bench.db, { email: 'ics@example.com', role: 'client' });
    const clientId = await makeCard(bench.db, { accountId });
    const appointmentId = await makeAppointment(bench.db, { clientId });
    const stranger = await cookieOf(
      await makeAccount(bench.db, { email: 'other@example.com', role: 'client' }),
    );
    const desk = await cookieOf(
      await makeAccount(bench.db, { email: 'desk@example.com', role: 'receptionist' }),
    );
    expect((await get(appointmentId)).status).toBe(401);
    expect((await get(appointmentId, stranger)).status).toBe(404);
    expect((await get('nonsense', desk)).status).toBe(404);
    expect((await get(appointmentId, desk)).status).toBe(200);
    const own = await get(appointmentId, await cookieOf(accountId));
    expect(own.headers.get('content-type')).toContain('text/calendar');
    expect(await own.text()).toMatch(/METHOD:PUBLISH[\s\S]*DTSTART;TZID=Europe\/Berlin:20260604T143000/);
  });
});
