/** The doors as browsers stand before them: what the form is told, which cookies it gets, and that every call of a batch counts. */
import { randomUUID } from 'node:crypto';
import superjson from 'superjson';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { makePuzzle } from '../../src/server/access/captcha.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { factorKey } from '../../src/server/access/second-factor.ts';
import { codeAt, newSeed, stepAt } from '../../src/server/access/totp.ts';
import { seal } from '../../src/server/keys.ts';
import { call } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { AuthBrowser } from '../support/auth-browser.ts';
import { at } from '../support/booking-stage.ts';
import { addCast, type Cast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { solved } from '../support/puzzles.ts';

const database = fileDatabase();
const clock = fixedClock();
const password = 'a quiet morning';
const email = 'anna@example.com';
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now, trustedProxies: 1 });
  cast = await addCast(database().db, clock.now());
  const passwordHash = await hashPassword(password);
  for (const accountId of Object.values(cast.accounts))
    await database().db.credential.create({ data: { accountId, passwordHash } });
});
afterAll(() => server.close());
beforeEach(async () => {
  await withClient(database().ownerUrl, (owner) =>
    owner.query('TRUNCATE attempt_counter, used_challenge, device, device_account, second_factor CASCADE'),
  );
  await cast.signIn(clock.now());
});

const from = (address: string, forged = '') => ({
  'x-forwarded-for': forged === '' ? address : `${forged}, ${address}`,
});
const browser = (address = '203.0.113.7', forged = '') => new AuthBrowser(server, from(address, forged));
const puzzle = async () => solved(await makePuzzle(server.env.MASTER_KEY, clock.now(), 3));

describe('the sign-in form', () => {
  test('is told in one word what to do next', async () => {
    const visitor = browser();
    const wrong = { email, password: 'a loud evening' };
    for (let index = 0; index < 3; index++) expect(await visitor.signIn(wrong)).toBe('CredentialsSignin');
    expect(await visitor.signIn(wrong)).toBe('captcha_needed');
    for (let index = 0; index < 2; index++)
      expect(await visitor.signIn({ ...wrong, puzzle: await puzzle() })).toBe('CredentialsSignin');
    expect(await visitor.signIn({ ...wrong, puzzle: await puzzle() })).toBe('wait.1');
    clock.advanceMinutes(1);
    expect(await visitor.signIn({ email, password, puzzle: await puzzle() })).toBe('in');
  });

  test('gets a cookie for the device, which outlives signing out and is worth no session', async () => {
    const owner = browser();
    const answer = await owner.send('callback/credentials', { email, password });
    const line = answer.headers.getSetCookie().find((each) => each.startsWith('dermis.device='));
    expect(line).toMatch(/^dermis\.device=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
    await owner.send('signout', {});
    expect(owner.session).toBeNull();
    expect(owner.device).not.toBeNull();
    // Somebody else has the account's door shut for strangers: not for this device.
    const stranger = browser('198.51.100.9');
    for (let index = 0; index < 5; index++)
      await stranger.signIn({ email, password: 'a loud evening', puzzle: await puzzle() });
    expect(await browser('198.51.100.10').signIn({ email, password, puzzle: await puzzle() })).toBe('wait.1');
    expect(await owner.signIn({ email, password })).toBe('in');
    const rows = await database().db.session.findMany({
      where: { accountId: cast.accounts.client, deviceId: { not: null } },
    });
    expect(new Set(rows.map(({ deviceId }) => deviceId)).size).toBe(1);
  });

  test('asks for the code once the password is right, and for nothing before', async () => {
    const accountId = cast.accounts.client;
    const seed = newSeed();
    await database().db.secondFactor.create({
      data: {
        accountId,
        seedSealed: seal(factorKey(server.env.MASTER_KEY), seed, accountId),
        confirmedAt: clock.now(),
        createdAt: clock.now(),
      },
    });
    const code = () => codeAt(seed, stepAt(clock.now()));
    const visitor = browser();
    expect(await visitor.signIn({ email, password: 'a loud evening', code: code() })).toBe(
      'CredentialsSignin',
    );
    expect(await visitor.signIn({ email, password })).toBe('second_factor_asked');
    expect(await visitor.signIn({ email, password, code: '000000' })).toBe('code_wrong');
    expect(visitor.session).toBeNull();
    // Codes are guesses too.
    expect(await visitor.signIn({ email, password, code: '000001' })).toBe('captcha_needed');
    expect(await visitor.signIn({ email, password, code: code(), puzzle: await puzzle() })).toBe('in');
    expect(await database().db.session.count({ where: { accountId, openedBy: 'second_factor' } })).toBe(1);
    expect(await browser().signIn({ email, password, code: code() })).toBe('code_wrong');
  });
});

describe('the address', () => {
  test('is what the configured proxy says: whatever stands before it in the header changes nothing', async () => {
    for (let index = 0; index < 10; index++)
      await browser('203.0.113.7', `198.51.100.${index}, 10.0.0.${index}`).signIn({
        email: `p${index}@example.com`,
        password,
      });
    const networks = await database().db.attemptCounter.findMany({
      where: { key: { startsWith: 'sign_in network' } },
    });
    expect(networks.map(({ network, count }) => [network, count])).toEqual([['203.0.113.7', 10]]);
    const next = { email: 'p99@example.com', password };
    expect(await browser('203.0.113.7', '192.0.2.1').signIn(next)).toBe('captcha_needed');
    expect(await browser('192.0.2.1').signIn(next)).toBe('CredentialsSignin');
  });
});

interface Sent {
  path: string;
  input: unknown;
}

/** One request of up to ten calls, as the staff's pages send them. */
async function batch(calls: readonly Sent[], headers: Record<string, string>): Promise<string[]> {
  const body = Object.fromEntries(calls.map(({ input }, index) => [index, superjson.serialize(input)]));
  const request = new Request(`${appUrl}/api/trpc/${calls.map(({ path }) => path).join(',')}?batch=1`, {
    method: 'POST',
    headers: { origin: appUrl, host: 'localhost:3000', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answers = (await (await handleTrpc(request, server)).json()) as {
    error?: { json: { data: object } };
  }[];
  return answers.map(({ error }) => {
    const refusal: unknown = error && Reflect.get(error.json.data, 'refusal');
    return typeof refusal === 'object' && refusal !== null ? String(Reflect.get(refusal, 'code')) : 'done';
  });
}

describe('opening an account', () => {
  const person = (name: string) => ({
    firstName: 'Ana',
    lastName: 'Reis',
    email: `${name}@example.com`,
    phone: '',
    password: 'correct horse battery staple',
    locale: 'en',
  });
  const path = 'account.register';

  test('counts each call of a batch by itself, and asks for puzzles where one network opens many', async () => {
    const headers = from('203.0.113.7');
    const told = await batch(
      Array.from({ length: 10 }, (_, index) => ({ path, input: person(`n${index}`) })),
      headers,
    );
    expect(told.filter((each) => each === 'done')).toHaveLength(5);
    expect(told.filter((each) => each === 'captcha_needed')).toHaveLength(5);
    const more = { path, input: { ...person('more'), puzzle: await puzzle() } };
    expect(await batch([more], headers)).toEqual(['done']);
    expect(await batch([more], headers)).toEqual(['captcha_needed']);
  });

  test('makes the browser known: signing in there later is no surprise, elsewhere it is', async () => {
    const waiting = () =>
      withClient(database().ownerUrl, async (owner) => {
        const found = await owner.query(
          `SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'notify-sign-in'`,
        );
        return found.rows[0].jobs;
      });
    const input = person('newcomer');
    const request = new Request(`${appUrl}/api/trpc/${path}`, {
      method: 'POST',
      headers: { origin: appUrl, 'content-type': 'application/json' },
      body: JSON.stringify(superjson.serialize(input)),
    });
    const lines = (await handleTrpc(request, server)).headers.getSetCookie();
    const device = lines.find((line) => line.startsWith('dermis.device='))?.split(/[=;]/)[1] ?? '';
    expect(device).toHaveLength(43);
    await database().db.account.updateMany({
      where: { email: input.email },
      data: { emailVerifiedAt: clock.now() },
    });
    const own = browser();
    own.cookies['dermis.device'] = device;
    expect(await own.signIn(input)).toBe('in');
    expect(own.device).toBe(device);
    expect(await waiting()).toBe(0);
    expect(await browser().signIn(input)).toBe('in');
    expect(await waiting()).toBe(1);
  });

  test('the code sent to the address is guessed at five times, then there is a wait, in batches too', async () => {
    const db = database().db;
    await db.account.update({ where: { id: cast.accounts.otherClient }, data: { emailVerifiedAt: null } });
    const cookie = { ...from('203.0.113.7'), cookie: cast.cookies.otherClient };
    const guess = { path: 'account.proveEmail', input: { code: '123456' } };
    const told = await batch(
      Array.from({ length: 10 }, () => guess),
      cookie,
    );
    expect(told.filter((each) => each === 'proof_refused')).toHaveLength(5);
    expect(told.filter((each) => each === 'wait')).toHaveLength(5);
  });
});

describe('holding a time', () => {
  const hold = async (browserKey: string, hour: number, sent: { puzzle?: string; cookie?: string } = {}) => {
    const { puzzle: solution, cookie } = sent;
    const { status, refusalCode } = await call(server, 'mutation', 'booking.hold', {
      input: {
        locationId: cast.clinic.locationId,
        items: [{ serviceId: cast.clinic.facial, specialistId: null, techniqueIds: [] }],
        startsAt: at(hour),
        idempotencyKey: randomUUID(),
        ...(solution === undefined ? {} : { puzzle: solution }),
      },
      cookie: cookie ?? `dermis.holder=${browserKey}`,
      headers: from('203.0.113.7'),
    });
    return status === 200 ? 'held' : refusalCode;
  };

  test('costs a puzzle where nobody in particular holds many from one network', async () => {
    expect(await hold(randomUUID(), 9)).toBe('held');
    await hold(randomUUID(), 9);
    // What was refused kept nothing from anybody and doesn't count.
    expect(await hold(randomUUID(), 9)).toBe('slot_taken');
    const key = { startsWith: 'hold network' };
    expect(await database().db.attemptCounter.findFirst({ where: { key } })).toMatchObject({ count: 2 });
    await database().db.attemptCounter.updateMany({ where: { key }, data: { count: 20 } });
    expect(await hold(randomUUID(), 11)).toBe('captcha_needed');
    const solution = await puzzle();
    expect(await hold(randomUUID(), 11, { puzzle: solution })).toBe('held');
    expect(await hold(randomUUID(), 12, { puzzle: solution })).toBe('captcha_needed');
    // A hundred at once are a hundred: none of them gets by before the others are counted.
    await database().db.attemptCounter.updateMany({ where: { key }, data: { count: 18 } });
    const many = await Promise.all(Array.from({ length: 20 }, () => hold(randomUUID(), 9)));
    expect(many.filter((answer) => answer === 'captcha_needed').length).toBeGreaterThanOrEqual(12);
    await database().db.attemptCounter.updateMany({ where: { key }, data: { count: 20 } });
    // Who is signed in is known.
    expect(await hold('', 13, { cookie: cast.cookies.client })).toBe('held');
    clock.advanceMinutes(11);
    expect(await hold(randomUUID(), 14)).toBe('held');
  });
});

test('a puzzle is given to whoever asks, and is a new one each time', async () => {
  const ask = async () =>
    (await call(server, 'query', 'account.puzzle', { input: {} })).value as { signature: string };
  const [one, another] = [await ask(), await ask()];
  expect(one).toMatchObject({ parameters: { algorithm: 'PBKDF2/SHA-256' }, signature: expect.any(String) });
  expect(one.signature).not.toBe(another.signature);
});
