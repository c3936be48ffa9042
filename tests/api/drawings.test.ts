/** Drawings over HTTP, as a browser asks for them: a way in, a guest by a code, and finished files. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, call } from '../support/api-call.ts';
import { listen, type OpenServer, openServer } from '../support/api-server.ts';
import { addCast, type Cast, type Role } from '../support/cast.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { makePhotograph } from '../support/people.ts';
import { plantScheme, type PlantedScheme } from '../support/planted-scheme.ts';
import { injection } from '../support/scheme-stage.ts';

const database = fileDatabase();
const clock = fixedClock();
let server: OpenServer;
let http: Awaited<ReturnType<typeof listen>>;
let cast: Cast;
let draft: PlantedScheme;
let shared: PlantedScheme;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now, trustedProxies: 1 });
  http = await listen(server);
  cast = await addCast(database().db, clock.now());
  const records = [injection('one', null)];
  const planted = {
    clientId: cast.clinic.clientId,
    openedBy: cast.accounts.administrator,
    now: clock.now(),
    records,
  };
  draft = await plantScheme(database().db, planted);
  shared = await plantScheme(database().db, { ...planted, isFinished: true, isShared: true });
});
afterAll(async () => {
  await http.close();
  await server.close();
});

const send = (path: string, input: unknown, who: Role = 'nobody', headers: Record<string, string> = {}) =>
  call(server, 'mutation', `drawings.${path}`, { input, cookie: cast.cookies[who], headers });
const file = (path: string, who: Role, headers: Record<string, string> = {}) =>
  fetch(`${http.origin}/api/drawings/${path}`, { headers: { cookie: cast.cookies[who], ...headers } });

describe('a way into the room', () => {
  test('an address, a ticket and whose document it is; once for each socket', async () => {
    const { value } = await send('ticket', { schemeId: draft.schemeId }, 'administrator');
    expect(value).toEqual({
      addresses: ['ws://localhost:3001'],
      ticket: expect.stringMatching(/^[\w-]{43}\.1$/),
      generation: 1,
    });
    const again = await send('ticket', { schemeId: draft.schemeId }, 'administrator');
    expect(at(again.value, 'ticket')).not.toBe(at(value, 'ticket'));
    expect((await send('ticket', { schemeId: shared.schemeId }, 'administrator')).refusalCode).toBe(
      'scheme_closed',
    );
    expect((await send('ticket', { schemeId: draft.schemeId }, 'specialist')).refusalCode).toBe('not_found');
    expect((await send('ticket', { schemeId: draft.schemeId }, 'client')).refusalCode).toBe('forbidden');
    expect((await send('ticket', { schemeId: draft.schemeId })).refusalCode).toBe('not_signed_in');
  });
});

describe('a guest', () => {
  test('from the code to the room, and out again', async () => {
    const { schemeId } = draft;
    const { value: invited } = await send('invite', { schemeId }, 'administrator');
    const inviteToken = at(invited, 'inviteToken');
    const { value } = await send('join', { inviteToken, name: '  Ana  ' });
    const guestToken = at(value, 'guestToken');
    expect((await send('guest', { guestToken })).value).toMatchObject({ state: 'waiting', name: 'Ana' });
    expect((await send('guestTicket', { guestToken })).refusalCode).toBe('forbidden');
    const listed = await call(server, 'query', 'drawings.guests', {
      input: { schemeId },
      cookie: cast.cookies.administrator,
    });
    const guests = at(listed.value, 'guests');
    const guestId = Array.isArray(guests)
      ? at(
          guests.find((each) => at(each, 'name') === 'Ana'),
          'guestId',
        )
      : null;
    expect((await send('admit', { schemeId, guestId, mode: 'draw' }, 'client')).refusalCode).toBe(
      'forbidden',
    );
    expect((await send('admit', { schemeId, guestId, mode: 'draw' }, 'administrator')).status).toBe(200);
    expect((await send('guestTicket', { guestToken })).value).toMatchObject({
      addresses: ['ws://localhost:3001'],
      schemeId,
      generation: 1,
    });
    expect((await send('join', { inviteToken, name: 'Eve' })).refusalCode).toBe('invite_lapsed');
    expect((await send('leave', { guestToken })).status).toBe(200);
    expect((await send('guestTicket', { guestToken })).refusalCode).toBe('invite_lapsed');
  });

  test('whoever tries one code after another waits; whose code is right isn’t counted', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const answers = new Map<string | null, number>();
    for (let tries = 0; tries < 70; tries++) {
      const inviteToken = `wrong-code-number-${tries}-padded-to-length`;
      const { refusalCode } = await send('join', { inviteToken, name: 'Eve' }, 'nobody', from);
      answers.set(refusalCode, (answers.get(refusalCode) ?? 0) + 1);
    }
    expect(Object.fromEntries(answers)).toEqual({ invite_lapsed: 60, wait: 10 });
    const { value } = await send('invite', { schemeId: draft.schemeId }, 'administrator');
    const right = { inviteToken: at(value, 'inviteToken'), name: 'Ana' };
    expect((await send('join', right, 'nobody', from)).refusalCode).toBe('wait');
    expect((await send('join', right, 'nobody', { 'x-forwarded-for': '198.51.100.4' })).status).toBe(200);
  });

  test('gets the ground by a header alone, and only where it is a picture', async () => {
    const { db } = database();
    const pictureId = await makePhotograph(db, cast.clinic.clientId);
    const records = [injection('one', null)];
    const { clientId } = cast.clinic;
    const planted = await plantScheme(db, {
      clientId,
      openedBy: cast.accounts.administrator,
      now: clock.now(),
      records,
    });
    await db.scheme.update({ where: { id: planted.schemeId }, data: { pictureId, templateKey: null } });
    const ask = (headers: Record<string, string>) => file('guest/picture', 'nobody', headers);
    const bearer = { authorization: `Bearer ${planted.guestToken}` };
    expect((await ask(bearer)).status).toBe(404);
    await db.drawingGuest.update({ where: { id: planted.guestId }, data: { status: 'watch' } });
    const answer = await ask(bearer);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/webp',
      'private, no-store',
    ]);
    expect((await ask({})).status).toBe(404);
    expect((await file(`guest/picture?token=${planted.guestToken}`, 'nobody')).status).toBe(404);
  });
});

describe('files', () => {
  test('run nothing, fetch nothing and are kept nowhere', async () => {
    const kinds = {
      'picture.png': 'image/png',
      'picture.svg': 'image/svg+xml',
      'thumbnail.png': 'image/png',
      pdf: 'application/pdf',
    };
    for (const [form, type] of Object.entries(kinds)) {
      const answer = await file(`${shared.schemeId}/1/${form}`, 'client');
      expect(answer.status, form).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'unsafe-inline'/,
      );
    }
  });

  test('what isn’t there and what isn’t theirs are answered alike', async () => {
    for (const path of [
      `${shared.schemeId}/2/picture.png`,
      `${shared.schemeId}/0/picture.png`,
      `${shared.schemeId}/1/else.png`,
      `${draft.schemeId}/1/picture.png`,
      'nonsense/1/picture.png',
    ])
      expect((await file(path, 'administrator')).status, path).toBe(404);
    expect((await file(`${shared.schemeId}/1/picture.png`, 'otherClient')).status).toBe(404);
    expect((await file(`${shared.schemeId}/1/picture.png`, 'specialist')).status).toBe(404);
    expect((await file(`${shared.schemeId}/1/picture.png`, 'nobody')).status).toBe(401);
  });
});
