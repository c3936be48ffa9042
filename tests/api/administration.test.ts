/** Roles, sessions of colleagues and the trail, over HTTP: each asks for the right, some for a fresh proof, and all of it acts at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handleTrailExport } from '../../src/api/http/trail-export.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { at, call } from '../support/api-call.ts';
import { appUrl, type OpenServer, openServer } from '../support/api-server.ts';
import { fixedClock, type TestClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { makeAccount, makeCard, makeRoles, origin } from '../support/people.ts';

const database = fileDatabase();
const clock: TestClock = fixedClock();
let server: OpenServer;

beforeAll(async () => {
  server = await openServer(database().runtimeUrl, { now: clock.now });
  await makeHouse(database().db, { hours: false });
  await makeRoles(database().db);
});
afterAll(() => server.close());
beforeEach(() => clock.advanceMinutes(1));

interface SignedIn {
  accountId: string;
  sessionId: string;
  cookie: string;
}

async function enter(
  role: 'administrator' | 'receptionist' | 'specialist' | 'client',
  openedBy: 'password' | 'pin' = 'password',
): Promise<SignedIn> {
  const { db } = database();
  const accountId = await makeAccount(db, { email: `${randomUUID()}@example.com`, role, name: role });
  return { accountId, ...(await enterAgain(accountId, openedBy)) };
}

async function enterAgain(accountId: string, openedBy: 'password' | 'pin' = 'password') {
  const sessionId = randomUUID();
  const token = await database().db.$transaction((tx) =>
    openSession(tx, { id: sessionId, accountId, now: clock.now(), origin, openedBy }),
  );
  return { sessionId, cookie: `${sessionCookieName(appUrl)}=${token}` };
}

const ask = (who: SignedIn | null, path: string, input?: unknown) =>
  call(server, 'query', path, { input, ...(who ? { cookie: who.cookie } : {}) });
const tell = (who: SignedIn | null, path: string, input?: unknown) =>
  call(server, 'mutation', path, { input, ...(who ? { cookie: who.cookie } : {}) });

describe('roles', () => {
  const role = (name: string, held: string[] = []) => ({
    roleId: null,
    version: null,
    role: { name, rights: held },
  });

  it('are changed with a fresh proof alone: not after ten minutes, never after a PIN', async () => {
    const admin = await enter('administrator');
    expect((await tell(admin, 'roles.save', role('Fresh'))).status).toBe(200);
    clock.advanceMinutes(11);
    for (const path of ['roles.save', 'roles.delete', 'trail.mayExport']) {
      const input = path === 'roles.save' ? role('Late') : { roleId: randomUUID() };
      expect((await tell(admin, path, input)).refusalCode, path).toBe('proof_needed');
    }
    const returned = { ...admin, ...(await enterAgain(admin.accountId, 'pin')) };
    expect((await tell(returned, 'roles.save', role('By PIN'))).refusalCode).toBe('proof_needed');
    const { db } = database();
    expect(await db.role.count({ where: { name: { in: ['Late', 'By PIN'] } } })).toBe(0);
    await db.session.update({ where: { id: admin.sessionId }, data: { provenAt: clock.now() } });
    expect((await tell(admin, 'roles.save', role('Late'))).status).toBe(200);
  });

  it('refuse before anything what isn’t a right, and whoever may not', async () => {
    const admin = await enter('administrator');
    expect((await tell(admin, 'roles.save', role('Odd', ['everything']))).status).toBe(400);
    for (const who of [await enter('receptionist'), await enter('specialist'), await enter('client'), null])
      expect([401, 403]).toContain((await tell(who, 'roles.save', role('Mine', ['roles.edit']))).status);
    expect(await database().db.role.count({ where: { name: { in: ['Odd', 'Mine'] } } })).toBe(0);
  });

  it('act on the next request of whoever holds them', async () => {
    const admin = await enter('administrator');
    const holder = await enter('receptionist');
    const clientId = await makeCard(database().db);
    expect((await ask(holder, 'clients.card', { clientId })).status).toBe(200);
    const { db } = database();
    const { id, version } = await db.role.findUniqueOrThrow({ where: { key: 'receptionist' } });
    const save = (rights: string[], over: number) =>
      tell(admin, 'roles.save', { roleId: id, version: over, role: { name: 'receptionist', rights } });
    expect((await save([], version)).status).toBe(200);
    expect((await ask(holder, 'clients.card', { clientId })).refusalCode).toBe('not_found');
    expect((await save(['clients.view_all'], version)).refusalCode).toBe('stale');
    expect((await save(['clients.view_all'], version + 1)).status).toBe(200);
    expect((await ask(holder, 'clients.card', { clientId })).status).toBe(200);
  });
});

describe('colleagues’ sessions', () => {
  it('ended by an administrator are over at the next request; the own one stays', async () => {
    const admin = await enter('administrator');
    const rosa = await enter('receptionist');
    const { accountId } = rosa;
    expect((await ask(rosa, 'clients.list', {})).status).toBe(200);
    const found = await ask(admin, 'people.presence', { accountId });
    expect(at(found.value, 'sessions', '0', 'id')).toBe(rosa.sessionId);
    const ended = await tell(admin, 'people.endSessions', { accountId, sessionId: rosa.sessionId });
    expect(ended.value).toEqual({ ended: 1 });
    expect((await ask(rosa, 'clients.list', {})).status).toBe(401);
    const own = { accountId: admin.accountId, sessionId: null };
    expect((await tell(admin, 'people.endSessions', own)).value).toEqual({ ended: 0 });
    expect((await ask(admin, 'clients.list', {})).status).toBe(200);
  });

  it('of a blocked person are over, and no other can be opened', async () => {
    const admin = await enter('administrator');
    const rosa = await enter('receptionist');
    const { db } = database();
    const { id: roleId } = await db.role.findUniqueOrThrow({ where: { key: 'receptionist' } });
    const blocked = await tell(admin, 'people.updateStaff', {
      accountId: rosa.accountId,
      version: 1,
      name: 'Rosa',
      roleIds: [roleId],
      isBlocked: true,
    });
    expect(blocked.status).toBe(200);
    expect((await ask(rosa, 'clients.list', {})).status).toBe(401);
    const again = { ...rosa, ...(await enterAgain(rosa.accountId)) };
    expect((await ask(again, 'clients.list', {})).status).toBe(401);
  });

  it('are nobody else’s business', async () => {
    const admin = await enter('administrator');
    for (const who of [await enter('receptionist'), await enter('client'), null]) {
      const input = { accountId: admin.accountId, sessionId: null };
      expect([401, 403]).toContain((await tell(who, 'people.endSessions', input)).status);
      expect([401, 403]).toContain((await ask(who, 'people.presence', input)).status);
    }
    expect((await ask(admin, 'clients.list', {})).status).toBe(200);
  });
});

describe('the trail', () => {
  const file = (who: SignedIn | null, query = '') =>
    handleTrailExport(
      new Request(`${appUrl}/api/trail/export${query}`, {
        headers: who ? { cookie: who.cookie } : {},
      }),
      server,
    );

  it('tells what was just refused, and to whom', async () => {
    const admin = await enter('administrator');
    const rosa = await enter('specialist');
    expect((await ask(rosa, 'trail.list', {})).refusalCode).toBe('forbidden');
    const found = await ask(admin, 'trail.list', { kind: 'refusal', actorId: rosa.accountId });
    expect(at(found.value, 'entries', '0')).toMatchObject({
      actorId: rosa.accountId,
      kind: 'refusal',
      detail: { facts: [{ field: 'door', value: 'trail.list' }] },
    });
  });

  it('is taken out as a file by whoever reads it, with a fresh proof', async () => {
    const admin = await enter('administrator');
    const clientId = await makeCard(database().db, { firstName: '=HYPERLINK("http://x")', lastName: '' });
    const answer = await file(admin, `?clientId=${clientId}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="trail-/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect((await file(admin, '?kind=everything')).status).toBe(400);
    expect((await file(null)).status).toBe(401);
    for (const role of ['receptionist', 'client'] as const)
      expect((await file(await enter(role))).status).toBe(403);
    const { db } = database();
    const before = await db.auditEntry.count({ where: { action: 'trail.export' } });
    expect(before).toBe(1);
    clock.advanceMinutes(11);
    const late = await file(admin);
    expect([late.status, await late.json()]).toEqual([403, { refusal: { code: 'proof_needed' } }]);
    expect(await db.auditEntry.count({ where: { action: 'trail.export' } })).toBe(before);
  });

  it('a reader who leaves half-way leaves nothing running', async () => {
    const admin = await enter('administrator');
    const { body } = await file(admin);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect((await ask(admin, 'trail.seal')).status).toBe(200);
  });
});
