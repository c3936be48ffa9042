/** What the door itself refuses, before any procedure is asked: shapes, sizes, origins and texts that nothing of ours would send. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { type Answer, at, call, read, wire } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { addCast, type Cast } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { randomUUID } from 'node:crypto';
import { procedures } from '../security/procedures.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let cast: Cast;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  cast = await addCast(database().db, clock.now());
});
afterAll(() => server.close());

const create = (input: object, rawBody?: string): Promise<Answer> =>
  call(server, 'mutation', 'clients.create', {
    input: { firstName: 'Anna', lastName: 'Wire', idempotencyKey: randomUUID(), ...input },
    cookie: cast.cookies.administrator,
    ...(rawBody === undefined ? {} : { rawBody }),
  });
const issueOf = ({ body }: Answer) => at(JSON.parse(body), 'error', 'json', 'data', 'refusal', 'issues', '0');

describe('P15 texts that no column holds are refused at their field', () => {
  test.each([
    ['NUL', 'before\u0000after'],
    ['half a surrogate pair', 'x\ud800'],
    ['the other half', '\udc00x'],
  ])('%s', async (_what, note) => {
    const answer = await create({ note });
    expect([answer.status, answer.refusalCode]).toEqual([400, 'invalid_input']);
    expect(issueOf(answer)).toEqual({ path: 'note', code: 'characters' });
  });

  test('deep within a list, too; a whole pair and every other sign pass', async () => {
    const { body } = await create({ tagIds: ['a', 'b\u0000'] });
    expect(body).toContain('tagIds.1');
    const fine = await create({ note: 'Zoë 👩‍⚕️ 漢字 \u202e \ufffe' });
    expect(fine.status).toBe(200);
  });
});

describe('P15 values that our pages never send are not made', () => {
  test.each([
    ['a pattern', '{"json":{"note":"/(a+)+$/"},"meta":{"values":{"note":["regexp"]}}}'],
    [
      'an array of any size',
      '{"json":{"note":4000000000},"meta":{"values":{"note":[["typed-array","Uint8Array"]]}}}',
    ],
    ['a class', '{"json":{"note":{}},"meta":{"values":{"note":[["class","Date"]]}}}'],
    ['a number of any length', '{"json":{"note":"99"},"meta":{"values":{"note":["bigint"]}}}'],
    ['a way to the prototype', '{"json":{"a":{}},"meta":{"values":{"__proto__.polluted":["undefined"]}}}'],
    ['something else than a record', '[1]'],
    ['annotations that are none', '{"json":{},"meta":{"values":7}}'],
  ])('%s', async (_what, rawBody) => {
    const before = process.memoryUsage().arrayBuffers;
    const answer = await create({}, rawBody);
    expect([answer.status, answer.refusalCode]).toEqual([400, 'invalid_input']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    expect(Reflect.has({}, 'polluted')).toBe(false);
  });

  test('a value that would contain itself stays the copy it was sent as', async () => {
    const note = JSON.parse(
      wire({ firstName: 'Loop', lastName: '', idempotencyKey: randomUUID(), note: 'x' }),
    );
    note.meta = { referentialEqualities: { '': ['note'] } };
    expect((await create({}, JSON.stringify(note))).status).toBe(200);
  });

  test.each(['', '{', 'null', '"x"', '{"json"', '\u0000'])(
    'a broken body (%j) is a bad request',
    async (rawBody) => {
      expect((await create({}, rawBody)).status).toBe(400);
    },
  );
});

describe('P13 nothing that changes something is run for a stranger', () => {
  const mutations = procedures.filter(({ type }) => type === 'mutation');
  const origins = [
    ['foreign', 'https://evil.example'],
    ['null', 'null'],
    ['of another port', 'http://localhost:3001'],
    ['like ours', 'http://localhost:3000.evil.example'],
    ['missing', undefined],
  ] as const;
  const bodies = [
    ['application/json', '{"json":{}}'],
    ['application/json; charset=utf-8', '{"json":{}}'],
    ['application/x-www-form-urlencoded', 'json=%7B%7D'],
    ['text/plain', '{"json":{}}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n{}\r\n--x--\r\n',
    ],
    ['application/octet-stream', '{}'],
    ['application/jsonp', '{"json":{}}'],
  ] as const;
  const send = (path: string, method: string, headers: Record<string, string>, body?: string) =>
    handleTrpc(
      new Request(`${appUrl}/api/trpc/${path}${method === 'GET' ? '?input=%7B%22json%22%3A%7B%7D%7D' : ''}`, {
        method,
        headers: { host: 'localhost:3000', cookie: cast.cookies.administrator, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
      server,
    );

  test('every mutation × body × foreign origin, and every form from our own: 0 run', async () => {
    const run: string[] = [];
    for (const { path } of mutations) {
      const got = await send(path, 'GET', { origin: appUrl });
      if (got.status !== 405) run.push(`GET ${path} ${got.status}`);
      for (const [type, body] of bodies) {
        for (const [, origin] of origins) {
          const { status } = await send(
            path,
            'POST',
            { 'content-type': type, ...(origin ? { origin } : {}) },
            body,
          );
          if (status !== 403) run.push(`${origin} ${type} ${path} ${status}`);
        }
        if (type.startsWith('application/json;') || type === 'application/json') continue;
        const { status } = await send(path, 'POST', { 'content-type': type, origin: appUrl }, body);
        if (status !== 415) run.push(`own ${type} ${path} ${status}`);
      }
    }
    expect(run).toEqual([]);
  });

  test('the method can’t be put on another way, and nothing but GET and POST is answered', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])
      expect((await send('booking.hold', method, { origin: appUrl })).status).toBe(405);
    const overridden = await send(
      'booking.starts',
      'POST',
      { origin: appUrl, 'content-type': 'application/json', 'x-http-method-override': 'GET' },
      '{}',
    );
    expect(overridden.status).toBe(405);
  });
});

describe('bounds', () => {
  const post = (body: BodyInit, path = 'booking.hold', headers: Record<string, string> = {}) =>
    handleTrpc(
      new Request(`${appUrl}/api/trpc/${path}`, {
        method: 'POST',
        headers: { host: 'localhost:3000', origin: appUrl, 'content-type': 'application/json', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
      server,
    );

  test('a body over 2 MB is refused, also where its length is not told', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024 + 1);
    expect((await post(large)).status).toBe(413);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    expect((await post(endless)).status).toBe(413);
    expect(sent).toBeLessThan(4 * 1024 * 1024);
  });

  test('a batch of eleven is refused, ten pass', async () => {
    const batch = (size: number) =>
      handleTrpc(
        new Request(
          `${appUrl}/api/trpc/${Array(size).fill('catalogue.public').join(',')}?batch=1&input=%7B%7D`,
        ),
        server,
      );
    expect((await batch(11)).status).toBe(400);
    expect((await batch(10)).status).toBe(200);
  });

  test('a stream is not opened for nobody', async () => {
    const response = await handleTrpc(
      new Request(`${appUrl}/api/trpc/live.changes`, { headers: { accept: 'text/event-stream' } }),
      server,
    );
    const text = await response.text();
    expect([response.status, text]).toEqual([expect.any(Number), expect.stringContaining('not_signed_in')]);
    expect(text).not.toContain('"events"');
  });

  test.each([
    'dermis.session=%',
    'dermis.holder=%E0%A4%A',
    `dermis.session=${'x'.repeat(8_000)}`,
    ';;=;',
    'dermis.session=\u00ff',
  ])('a broken cookie (%s) is no cookie', async (cookie) => {
    const response = await handleTrpc(
      new Request(`${appUrl}/api/trpc/catalogue.public`, { headers: { cookie } }),
      server,
    );
    expect((await read(response)).status).toBe(200);
  });
});
