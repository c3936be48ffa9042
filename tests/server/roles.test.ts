/** Roles as an administrator composes them, and where colleagues are signed in. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type Right, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import { rightGroups } from '../../src/domain/access/right-groups.ts';
import { deleteRole, listRoles, saveRole } from '../../src/server/access/roles.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { endSessionsOf, forgetDeviceOf, readPresence } from '../../src/server/access/presence.ts';
import { updateStaff } from '../../src/server/people/staff.ts';
import { by } from '../support/by.ts';
import { refusalOf, staffWith, valueOf } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, makeHouse } from '../support/house.ts';
import { type Bench, makeAccount, makeRoles, openBench, origin } from '../support/people.ts';

const database = fileDatabase();
let bench: Bench;

const administrator = staffWith(rights);

const issue = (path: string, code: string) => ({ code: 'invalid_input', issues: [{ path, code }] });

const save = (
  actor: Actor,
  role: { name: string; rights: Right[] },
  known: { roleId: string; version: number } | null = null,
) =>
  by(saveRole, bench.deps, actor, { roleId: known?.roleId ?? null, version: known?.version ?? null, role });
const remove = (actor: Actor, roleId: string) => by(deleteRole, bench.deps, actor, { roleId });
const list = async (actor: Actor = administrator) => valueOf(await by(listRoles, bench.deps, actor));
const shipped = async (key: string) => {
  const role = (await list()).find((each) => each.key === key);
  if (!role) throw new Error(`no role ${key}`);
  return role;
};
const known = ({ id, version }: { id: string; version: number }) => ({ roleId: id, version });

beforeAll(async () => {
  bench = await openBench(database());
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
});

describe('what a role is made of', () => {
  it('every right stands in exactly one group', () => {
    const grouped = rightGroups.flatMap((group) => [...group.rights]);
    expect([...grouped].sort()).toEqual([...rights].sort());
  });
});

describe('composing roles', () => {
  it('makes, changes, renames and removes one, with an entry in the trail for each', async () => {
    const made = valueOf(await save(administrator, { name: 'Night desk', rights: ['clients.view_all'] }));
    const changed = valueOf(
      await save(administrator, { name: 'Late desk', rights: ['clients.contact', 'clients.view_all'] }, made),
    );
    expect((await list()).find(({ id }) => id === made.roleId)).toEqual({
      id: made.roleId,
      key: made.roleId,
      name: 'Late desk',
      rights: ['clients.view_all', 'clients.contact'],
      isShipped: false,
      version: changed.version,
      accountCount: 0,
      mayEdit: true,
    });
    valueOf(await remove(administrator, made.roleId));
    expect(refusalOf(await remove(administrator, made.roleId))).toEqual({ code: 'not_found', noun: 'role' });
    const entries = await bench.db.auditEntry.findMany({
      where: { subjectType: 'role', subjectId: made.roleId },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['role.insert', 'staff'],
      ['role.update', 'staff'],
      ['role.delete', 'staff'],
    ]);
    expect(entries[1]?.detail).toEqual({
      name: ['Night desk', 'Late desk'],
      rights: [['clients.view_all'], ['clients.view_all', 'clients.contact']],
    });
  });

  it('is for whoever holds the right; others look at most', async () => {
    const role = { name: 'Mine', rights: [] };
    expect(refusalOf(await save(staffWith(['people.edit']), role))).toEqual({ code: 'forbidden' });
    const known = await shipped('receptionist');
    expect(refusalOf(await remove(staffWith(['people.edit']), known.id))).toEqual({ code: 'forbidden' });
    expect((await list(staffWith(['people.edit']))).every(({ mayEdit }) => !mayEdit)).toBe(true);
    expect(refusalOf(await by(listRoles, bench.deps, staffWith(['audit.view'])))).toEqual({
      code: 'forbidden',
    });
  });

  it('nobody gives a right they don’t hold, nor takes charge of a role that has one', async () => {
    const composer = staffWith(['roles.edit', 'clients.view_all']);
    expect(
      refusalOf(await save(composer, { name: 'More', rights: ['clients.view_all', 'money.view'] })),
    ).toEqual({ code: 'forbidden' });
    const receptionist = await shipped('receptionist');
    expect(refusalOf(await save(composer, { ...receptionist, rights: [] }, known(receptionist)))).toEqual({
      code: 'forbidden',
    });
    const beyond = valueOf(await save(administrator, { name: 'Beyond', rights: ['money.view'] }));
    expect(refusalOf(await remove(composer, beyond.roleId))).toEqual({ code: 'forbidden' });
    const own = valueOf(await save(composer, { name: 'Readers', rights: ['clients.view_all'] }));
    const seen = await list(composer);
    expect(seen.filter(({ mayEdit }) => mayEdit).map(({ name }) => name)).toEqual(['specialist', 'Readers']);
    expect(own.version).toBe(1);
  });

  it('refuses a stale edit, and a name in use whatever its case', async () => {
    const made = valueOf(await save(administrator, { name: 'Desk', rights: [] }));
    valueOf(await save(administrator, { name: 'Desk', rights: ['money.view'] }, made));
    expect(refusalOf(await save(administrator, { name: 'Desk', rights: [] }, made))).toEqual({
      code: 'stale',
      noun: 'role',
    });
    expect(refusalOf(await save(administrator, { name: 'DESK', rights: [] }))).toEqual(
      issue('role.name', 'taken'),
    );
    expect((await list()).find(({ id }) => id === made.roleId)?.rights).toEqual(['money.view']);
  });

  it('an administrator keeps every right, a client none, and shipped roles their names', async () => {
    const admin = await shipped('administrator');
    const client = await shipped('client');
    const receptionist = await shipped('receptionist');
    expect(refusalOf(await save(administrator, { ...admin, rights: ['money.view'] }, known(admin)))).toEqual(
      issue('role.rights', 'administrator_whole'),
    );
    expect(
      refusalOf(await save(administrator, { ...client, rights: ['money.view'] }, known(client))),
    ).toEqual(issue('role.rights', 'client_nothing'));
    expect(refusalOf(await save(administrator, { name: 'Porter', rights: [] }, known(receptionist)))).toEqual(
      issue('role.name', 'shipped_name'),
    );
    expect(refusalOf(await remove(administrator, receptionist.id))).toEqual(issue('roleId', 'shipped_role'));
    valueOf(await save(administrator, { ...receptionist, rights: ['money.view'] }, known(receptionist)));
    expect((await shipped('administrator')).rights).toEqual(rights);
    expect((await shipped('receptionist')).rights).toEqual(['money.view']);
  });

  it('a role that accounts hold stays, and says how many', async () => {
    const made = valueOf(await save(administrator, { name: 'Desk', rights: [] }));
    for (const email of ['a@example.com', 'b@example.com']) {
      const accountId = await makeAccount(bench.db, { email, role: 'specialist' });
      await bench.db.accountRole.create({ data: { accountId, roleId: made.roleId } });
    }
    expect(refusalOf(await remove(administrator, made.roleId))).toEqual({
      code: 'in_use',
      noun: 'role',
      count: 2,
    });
  });

  it('somebody always keeps the rights to give everything back', async () => {
    // No administrator here who can sign in: one role alone keeps the house open.
    const made = valueOf(
      await save(administrator, { name: 'Keeper', rights: ['people.edit', 'roles.edit'] }),
    );
    const accountId = await makeAccount(bench.db, { email: 'keeper@example.com', role: 'specialist' });
    await bench.db.accountRole.create({ data: { accountId, roleId: made.roleId } });
    expect(refusalOf(await save(administrator, { name: 'Keeper', rights: ['people.edit'] }, made))).toEqual(
      issue('role.rights', 'last_keeper'),
    );
    await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator' });
    valueOf(await save(administrator, { name: 'Keeper', rights: ['people.edit'] }, made));
  });

  it('two at once: one wins, the other is stale, and nothing is mixed', async () => {
    const made = valueOf(await save(administrator, { name: 'Desk', rights: [] }));
    const wishes: Right[][] = [['money.view'], ['clients.view_all'], ['audit.view'], ['messages.view']];
    const results = await Promise.all(
      wishes.map((wish) => save(administrator, { name: 'Desk', rights: wish }, made)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.flatMap((result) => refusalOf(result) ?? [])).toEqual(
      Array.from({ length: 3 }, () => ({ code: 'stale', noun: 'role' })),
    );
  });

  it('a change acts on the next request of whoever holds the role', async () => {
    const made = valueOf(await save(administrator, { name: 'Desk', rights: ['clients.view_all'] }));
    const accountId = await makeAccount(bench.db, { email: 'desk@example.com', role: 'specialist' });
    await bench.db.accountRole.create({ data: { accountId, roleId: made.roleId } });
    const token = await openFor(accountId);
    const rightsNow = async () => {
      const session = await readSession(bench.db, token, bench.clock.now());
      return session?.actor.kind === 'staff' ? [...session.actor.rights] : null;
    };
    expect(await rightsNow()).toEqual(['clients.view_all']);
    valueOf(await save(administrator, { name: 'Desk', rights: ['money.view'] }, made));
    expect(await rightsNow()).toEqual(['money.view']);
  });
});

const openFor = (accountId: string, more: { id?: string; deviceId?: string } = {}): Promise<string> =>
  bench.db.$transaction((tx) =>
    openSession(tx, {
      id: more.id ?? randomUUID(),
      accountId,
      now: bench.clock.now(),
      origin,
      deviceId: more.deviceId ?? null,
    }),
  );
const isOpen = async (token: string) => (await readSession(bench.db, token, bench.clock.now())) !== null;

describe('where colleagues are signed in', () => {
  it('lists what is open, and ends one or all, but the one through which it is asked', async () => {
    const accountId = await makeAccount(bench.db, { email: 'rosa@example.com', role: 'receptionist' });
    const own = { id: randomUUID(), actor: staffWith(rights, { accountId }) };
    const tokens = [
      await openFor(accountId, { id: own.id }),
      await openFor(accountId),
      await openFor(accountId),
    ];
    const presence = async (actor: Actor, currentSessionId: string | null) =>
      valueOf(await by(readPresence, bench.deps, actor, { accountId, currentSessionId }));
    const { sessions, mayEnd } = await presence(own.actor, own.id);
    expect([sessions.length, mayEnd]).toEqual([3, true]);
    expect(sessions.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([own.id]);
    const other = sessions.find(({ isCurrent }) => !isCurrent)?.id ?? '';
    const end = (actor: Actor, sessionId: string | null, currentSessionId: string | null) =>
      by(endSessionsOf, bench.deps, actor, { accountId, sessionId, currentSessionId });
    expect(valueOf(await end(own.actor, other, own.id))).toEqual({ ended: 1 });
    expect((await Promise.all(tokens.map(isOpen))).filter(Boolean)).toHaveLength(2);
    expect(valueOf(await end(own.actor, null, own.id))).toEqual({ ended: 1 });
    expect(await isOpen(tokens[0] ?? '')).toBe(true);
    expect(valueOf(await end(administrator, null, null))).toEqual({ ended: 1 });
    expect((await Promise.all(tokens.map(isOpen))).some(Boolean)).toBe(false);
    expect((await presence(administrator, null)).sessions).toEqual([]);
    const noted = await bench.db.auditEntry.findMany({ where: { action: 'session.end' } });
    expect(noted.map(({ subjectId, detail }) => [subjectId, detail])).toEqual(
      Array.from({ length: 3 }, () => [accountId, { count: 1 }]),
    );
  });

  it('a session too long without a sign of life is none', async () => {
    const accountId = await makeAccount(bench.db, { email: 'rosa@example.com', role: 'receptionist' });
    await openFor(accountId);
    bench.clock.advanceMinutes(13 * 60);
    const found = await by(readPresence, bench.deps, administrator, {
      accountId,
      currentSessionId: null,
    });
    expect(valueOf(found).sessions).toEqual([]);
  });

  it('a forgotten device is signed out and known no more', async () => {
    const accountId = await makeAccount(bench.db, { email: 'rosa@example.com', role: 'receptionist' });
    const now = bench.clock.now();
    const deviceId = randomUUID();
    await bench.db.device.create({
      data: { id: deviceId, tokenHash: Buffer.from(deviceId), createdAt: now, lastSeenAt: now },
    });
    await bench.db.deviceAccount.create({ data: { deviceId, accountId, firstAt: now, lastFullAt: now } });
    const there = await openFor(accountId, { deviceId });
    const elsewhere = await openFor(accountId);
    const presence = async () =>
      valueOf(await by(readPresence, bench.deps, administrator, { accountId, currentSessionId: null }));
    expect((await presence()).devices.map(({ id }) => id)).toEqual([deviceId]);
    valueOf(await by(forgetDeviceOf, bench.deps, administrator, { accountId, deviceId }));
    expect([await isOpen(there), await isOpen(elsewhere)]).toEqual([false, true]);
    expect((await presence()).devices).toEqual([]);
    expect(refusalOf(await by(forgetDeviceOf, bench.deps, administrator, { accountId, deviceId }))).toEqual({
      code: 'not_found',
      noun: 'device',
    });
  });

  it('is no business of whoever has fewer rights than the colleague, nor about clients', async () => {
    const admin = await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator' });
    const client = await makeAccount(bench.db, { email: 'ana@example.com', role: 'client' });
    const token = await openFor(admin);
    const keeper = staffWith(['people.edit']);
    const ask = (accountId: string) =>
      by(endSessionsOf, bench.deps, keeper, { accountId, sessionId: null, currentSessionId: null });
    expect(refusalOf(await ask(admin))).toEqual({ code: 'forbidden' });
    expect(refusalOf(await ask(client))).toEqual({ code: 'not_found', noun: 'account' });
    expect(await isOpen(token)).toBe(true);
    const seen = await by(readPresence, bench.deps, keeper, {
      accountId: admin,
      currentSessionId: null,
    });
    expect(valueOf(seen).mayEnd).toBe(false);
    for (const actor of [staffWith(shippedRoles.receptionist), staffWith([])])
      expect(
        refusalOf(await by(readPresence, bench.deps, actor, { accountId: admin, currentSessionId: null })),
      ).toEqual({ code: 'forbidden' });
  });

  it('a blocked person is out at the next request, and in again once unblocked', async () => {
    await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator' });
    const accountId = await makeAccount(bench.db, { email: 'rosa@example.com', role: 'receptionist' });
    const { id: roleId } = await shipped('receptionist');
    const token = await openFor(accountId);
    const change = { accountId, name: 'Rosa', roleIds: [roleId] };
    valueOf(await by(updateStaff, bench.deps, administrator, { ...change, version: 1, isBlocked: true }));
    expect(await isOpen(token)).toBe(false);
    valueOf(await by(updateStaff, bench.deps, administrator, { ...change, version: 2, isBlocked: false }));
    expect(await isOpen(await openFor(accountId))).toBe(true);
  });
});
