/** P13's first half, its short form: nothing is carried out that doesn't come from our own pages as JSON; and batches and bodies have their bounds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isForeignOrigin, refusedOrigin } from '../../src/api/http/origin.ts';
import { wire } from '../support/api-call.ts';
import { appUrl, listen, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { forge, forgedWays } from '../security/forged.ts';
import { fetched } from '../security/send.ts';
import { makeWorld, type World } from '../security/world.ts';

const database = fileDatabase();
const clock = fixedClock();
const folder = mkdtempSync(path.join(tmpdir(), 'dermis-forged-'));
let server: OpenServer;
let world: World;
let http: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  world = await makeWorld(database().db, clock.now(), { folder });
  http = await listen(server);
});
afterAll(async () => {
  await http.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const administrator = () => world.actors.find(({ name }) => name === 'administrator')?.cookie ?? '';

describe('batches and bodies', () => {
  const batch = (paths: string[], inputs: unknown[], headers: Record<string, string> = {}) =>
    fetched(`${http.origin}/api/trpc/${paths.join(',')}?batch=1`, {
      method: 'POST',
      headers: {
        origin: appUrl,
        'content-type': 'application/json',
        cookie: administrator(),
        ...headers,
      },
      body: JSON.stringify(
        Object.fromEntries(inputs.map((input, index) => [index, JSON.parse(wire(input))])),
      ),
    });
  const tries = (count: number) =>
    batch(
      Array.from({ length: count }, () => 'account.prove'),
      Array.from({ length: count }, () => ({ password: 'not the one it is', code: '' })),
    );
  const counted = async () =>
    (await database().db.attemptCounter.findMany({ where: { key: { contains: 'step_up' } } })).reduce(
      (sum, { count }) => Math.max(sum, count),
      0,
    );

  test('five hundred calls in one request are refused, and none of them is carried out', async () => {
    const before = await counted();
    const heard = await tries(500);
    expect(heard.status).toBeGreaterThanOrEqual(400);
    expect(heard.text).not.toContain('"result"');
    expect(await counted()).toBe(before);
    expect((await tries(11)).status).toBeGreaterThanOrEqual(400);
    expect(await counted()).toBe(before);
  });

  test('ten are taken, and each try at a password counts as one', async () => {
    const before = await counted();
    await tries(10);
    const after = await counted();
    // Five are free; then it has to be waited, and what comes too early is not looked at.
    expect(after).toBeGreaterThanOrEqual(before + 5);
  });

  test('five hundred questions in one address are refused, too', async () => {
    const paths = Array.from({ length: 500 }, () => 'account.me').join(',');
    const heard = await fetched(`${http.origin}/api/trpc/${paths}?batch=1`, {
      headers: { cookie: administrator() },
    });
    expect(heard.status).toBeGreaterThanOrEqual(400);
    expect(heard.text).not.toContain('"result"');
  });

  test('a body larger than any form of ours is given up, whatever length it claims', async () => {
    const large = `{"json":{"locale":"en","x":"${'x'.repeat(3 * 1024 * 1024)}"}}`;
    const send = (body: BodyInit) =>
      fetch(`${http.origin}/api/trpc/account.chooseLanguage`, {
        method: 'POST',
        headers: { origin: appUrl, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit).then(
        ({ status }) => status,
        () => 'cut off',
      );
    expect(await send(large)).toBe(413);
    // Without a length: chunk by chunk, as long as somebody listens.
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    expect([413, 'cut off']).toContain(await send(endless));
  });
});

describe('the Origin', () => {
  const request = (origin: string | null, method = 'POST', host = 'localhost:3000') =>
    new Request('http://localhost:3000/api/x', { method, headers: { host, ...(origin ? { origin } : {}) } });

  test.each([
    ['ours', 'https://clinic.example', false],
    ['ours in capitals', 'HTTPS://CLINIC.EXAMPLE', true],
    ['none', null, true],
    ['null', 'null', true],
    ['ours in the open', 'http://clinic.example', true],
    ['ours on a port', 'https://clinic.example:8443', true],
    ['beneath us', 'https://x.clinic.example', true],
    ['longer', 'https://clinic.example.evil.example', true],
    ['with us as a user', 'https://clinic.example@evil.example', true],
    ['nonsense', 'clinic.example', true],
    ['this machine', 'http://localhost:3000', true],
  ])('%s', (_what, origin, foreign) => {
    expect(isForeignOrigin(request(origin), 'https://clinic.example')).toBe(foreign);
  });

  test('on one’s own machine both its names are ours, on the port that was asked', () => {
    expect(isForeignOrigin(request('http://127.0.0.1:3000', 'POST', '127.0.0.1:3000'), appUrl)).toBe(false);
    expect(isForeignOrigin(request('http://127.0.0.1:3999', 'POST', '127.0.0.1:3000'), appUrl)).toBe(true);
    expect(isForeignOrigin(request('http://evil.example:3000', 'POST', 'evil.example:3000'), appUrl)).toBe(
      true,
    );
  });

  test('is asked for by everything that isn’t reading', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect(refusedOrigin(request('https://evil.example', method), appUrl)?.status).toBe(403);
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect(refusedOrigin(request('https://evil.example', method), appUrl)).toBeNull();
  });
});

test('P13 every mutation, forged in a share of the ways: none is carried out', {
  timeout: 300_000,
}, async () => {
  const result = await forge({ origin: http.origin, ownerUrl: database().ownerUrl }, world, {
    seed: 20_261_123,
    tries: 6,
    share: 4,
  });
  expect(result.executed).toEqual([]);
  expect(result.sent).toBeGreaterThan((forgedWays.length * result.mutations) / 5);
  // What is refused when it is forged would have been carried out had it come from us.
  expect(result.shown).toBeGreaterThan(result.mutations * 0.9);
});
