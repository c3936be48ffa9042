/** Pictures over HTTP: who may send and see them, from where, how large; and what the answers let a browser do. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxPictureBytes, pictureAnswer } from '../../src/domain/picture.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { appUrl, listen, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import { makeAccount, makeAppointment, makeCard, makeRoles, origin } from '../support/people.ts';
import { claimingPng, drawn, polyglot, svg } from '../support/picture-files.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let http: Awaited<ReturnType<typeof listen>>;
const cookies: Record<string, string> = {};
let clientId = '';
let otherClientId = '';
let jpeg: Buffer;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  http = await listen(server);
  const { db } = database();
  await makeHouse(db);
  await makeRoles(db);
  for (const [who, role] of [
    ['administrator', 'administrator'],
    ['receptionist', 'receptionist'],
    ['anna', 'specialist'],
    ['boris', 'specialist'],
    ['client', 'client'],
    ['otherClient', 'client'],
  ] as const) {
    const accountId = await makeAccount(db, { email: `${who}@example.com`, role });
    if (who === 'anna' || who === 'boris')
      await db.specialist.update({ where: { id: house[who] }, data: { accountId } });
    if (who === 'client') clientId = await makeCard(db, { accountId });
    if (who === 'otherClient') otherClientId = await makeCard(db, { accountId });
    const token = await db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now: clock.now(), origin }),
    );
    cookies[who] = `${sessionCookieName(appUrl)}=${token}`;
  }
  await makeAppointment(db, { clientId });
  jpeg = await drawn(640, 480).jpeg().toBuffer();
});
afterAll(async () => {
  await http.close();
  await server.close();
});

interface Upload {
  who?: string;
  from?: string | null;
  query?: Record<string, string>;
  body?: Uint8Array | string;
}
async function upload({ who, from = appUrl, query, body = jpeg }: Upload) {
  const asked = new URLSearchParams(query ?? { kind: 'photograph', clientId, title: 'Left cheek' });
  const response = await fetch(`${http.origin}/api/pictures?${asked}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      ...(from === null ? {} : { origin: from }),
      ...(who === undefined ? {} : { cookie: cookies[who] ?? '' }),
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const answer = pictureAnswer.parse(await response.json());
  return { status: response.status, answer };
}
async function kept(given: Upload): Promise<string> {
  const { answer } = await upload(given);
  if (!('pictureId' in answer)) throw new Error(JSON.stringify(answer));
  return answer.pictureId;
}
const see = (who: string | null, path: string, headers: Record<string, string> = {}) =>
  fetch(`${http.origin}/api/pictures/${path}`, {
    headers: { ...headers, ...(who === null ? {} : { cookie: cookies[who] ?? '' }) },
  });

describe('an upload', () => {
  const template = { kind: 'template', title: 'Scalp' };
  it.each([
    ['another origin', { who: 'anna', from: 'https://evil.example' }, 403, 'forbidden'],
    ['no origin', { who: 'anna', from: null }, 403, 'forbidden'],
    ['nobody signed in', {}, 401, 'not_signed_in'],
    ['who neither treats nor draws for everybody', { who: 'receptionist' }, 403, 'forbidden'],
    ['who doesn’t see the card', { who: 'boris' }, 404, 'not_found'],
    ['the client', { who: 'client' }, 403, 'forbidden'],
    [
      'a template by who doesn’t look after the catalogue',
      { who: 'anna', query: template },
      403,
      'forbidden',
    ],
    ['no kind', { who: 'anna', query: {} }, 400, 'invalid_input'],
    ['no client', { who: 'anna', query: { kind: 'photograph' } }, 400, 'invalid_input'],
    [
      'a title without end',
      { who: 'administrator', query: { kind: 'template', title: 'x'.repeat(500) } },
      400,
      'invalid_input',
    ],
    [
      'a day that hasn’t come',
      { who: 'administrator', query: { kind: 'photograph', clientId: 'own', takenOn: '2026-07-01' } },
      400,
      'invalid_input',
    ],
    ['nothing in it', { who: 'anna', body: '' }, 400, 'unreadable_file'],
    ['a text called a picture', { who: 'anna', body: 'Code,Name\n' }, 400, 'unreadable_file'],
    ['an SVG', { who: 'anna', body: svg }, 400, 'unreadable_file'],
    [
      'two hundred megapixels by its header',
      { who: 'anna', body: claimingPng(20_000, 10_000) },
      400,
      'unreadable_file',
    ],
  ] satisfies [string, Upload, number, string][])(
    'is refused with %s',
    async (_what, given: Upload, status, code) => {
      const query = given.query?.clientId === 'own' ? { ...given.query, clientId } : given.query;
      const told = await upload({ ...given, ...(query ? { query } : {}) });
      expect(told).toMatchObject({ status, answer: { refusal: { code } } });
      expect(await database().db.picture.count()).toBe(0);
    },
  );

  it('is given up beyond twenty megabytes, said or not', async () => {
    const large = new Uint8Array(maxPictureBytes + 1);
    expect(await upload({ who: 'anna', body: large })).toMatchObject({
      status: 413,
      answer: { refusal: { reason: 'too_large' } },
    });
    let sent = 0;
    const unsaid = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1 << 20;
        if (sent > maxPictureBytes + (4 << 20)) controller.close();
        else controller.enqueue(new Uint8Array(1 << 20));
      },
    });
    const response = await fetch(`${http.origin}/api/pictures?kind=template`, {
      method: 'POST',
      headers: { origin: appUrl, cookie: cookies.administrator ?? '' },
      body: unsaid,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect([413, 'broken off']).toContain(response);
  });

  it('leaves a trace where somebody reaches beyond their sight', async () => {
    await upload({ who: 'boris' });
    const noted = await database().db.auditEntry.findFirst({
      where: { action: 'door.refused_record', subjectId: clientId },
    });
    expect(noted?.detail).toEqual({ door: 'pictures.upload' });
  });
});

describe('a picture that was kept', () => {
  it('is told apart by its content, whatever its name or type said', async () => {
    const pictureId = await kept({ who: 'anna', body: await polyglot() });
    const response = await see('anna', pictureId);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect((await sharp(bytes).metadata()).format).toBe('webp');
    expect(bytes.includes('kanari')).toBe(false);
  });

  it('PIC-6 can do nothing in a browser but be looked at, and isn’t sent twice', async () => {
    const pictureId = await kept({ who: 'anna' });
    const whole = await see('anna', pictureId);
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'cross-origin-resource-policy': 'same-origin',
    });
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const again = await see('anna', pictureId, { 'if-none-match': etag });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    const preview = await see('anna', `${pictureId}?preview=1`, { 'if-none-match': etag });
    expect(preview.status).toBe(200);
    expect((await sharp(Buffer.from(await preview.arrayBuffer())).metadata()).width).toBe(320);
    // What somebody may not see, they aren't told of by its tag either.
    expect((await see('boris', pictureId, { 'if-none-match': etag })).status).toBe(404);
  });

  it('is there for whoever reads the client’s schemes, and for nobody else', async () => {
    const pictureId = await kept({ who: 'anna' });
    const statuses = async (path: string) => ({
      nobody: (await see(null, path)).status,
      anna: (await see('anna', path)).status,
      administrator: (await see('administrator', path)).status,
      boris: (await see('boris', path)).status,
      receptionist: (await see('receptionist', path)).status,
      client: (await see('client', path)).status,
      otherClient: (await see('otherClient', path)).status,
    });
    const closed = {
      nobody: 401,
      anna: 200,
      administrator: 200,
      boris: 404,
      receptionist: 404,
      client: 404,
      otherClient: 404,
    };
    expect(await statuses(pictureId)).toEqual(closed);
    expect(await statuses(`${pictureId}?preview=1`)).toEqual(closed);
    await database().db.scheme.create({
      data: {
        id: randomUUID(),
        clientId,
        pictureId,
        revision: 1,
        isShared: true,
        openedBy: randomUUID(),
        openedAt: clock.now(),
      },
    });
    expect(await statuses(pictureId)).toEqual({ ...closed, client: 200 });
    for (const path of ['nothing', randomUUID(), `${pictureId}%00`, '..%2Fimports'])
      expect((await see('administrator', path)).status, path).toBe(404);
  });

  it('of a client whose card isn’t seen can be neither added to nor looked at', async () => {
    const query = { kind: 'photograph', clientId: otherClientId };
    expect((await upload({ who: 'anna', query })).status).toBe(404);
    const pictureId = await kept({ who: 'administrator', query });
    expect((await see('anna', pictureId)).status).toBe(404);
  });

  it('waits outside where too many are on their way, and comes in once they are gone', async () => {
    const leaving = new AbortController();
    const neverEnding = () =>
      fetch(`${http.origin}/api/pictures?kind=template`, {
        method: 'POST',
        headers: { origin: appUrl, cookie: cookies.administrator ?? '' },
        body: new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new Uint8Array(9)),
        }),
        duplex: 'half',
        signal: leaving.signal,
      } as RequestInit).catch(() => null);
    // Some of them find it full themselves.
    const slow = Array.from({ length: 24 }, neverEnding);
    await expect.poll(async () => (await upload({ who: 'anna' })).status, { timeout: 20_000 }).toBe(503);
    leaving.abort();
    await Promise.all(slow);
    await expect.poll(async () => (await upload({ who: 'anna' })).status, { timeout: 20_000 }).toBe(201);
  });

  it('comes in whole where many come at once', async () => {
    const before = await database().db.picture.count();
    const files = await Promise.all(
      [11, 12, 13, 14, 15, 16].map((n) =>
        drawn(n * 40, 300)
          .png()
          .toBuffer(),
      ),
    );
    const told = await Promise.all(files.map((body) => upload({ who: 'anna', body })));
    expect(told.map(({ status }) => status)).toEqual(files.map(() => 201));
    expect(await database().db.picture.count()).toBe(before + files.length);
  });
});
