/** The accounts behind clients' cards: kept out, signed out from afar, and let in again without the phone that was lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import { signIn } from '../../src/server/access/commands.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { endSessionsOf, forgetDeviceOf, readPresence } from '../../src/server/access/presence.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { blockClient, readClientAccount, takeFactorOf } from '../../src/server/clients/account.ts';
import { updateStaff } from '../../src/server/people/staff.ts';
import { by } from '../support/by.ts';
import { refusalOf, staffWith, valueOf } from '../support/composed.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, house, makeHouse } from '../support/house.ts';
import { jobsOf } from '../support/jobs.ts';
import {
  type Bench,
  doorSettings,
  makeAccount,
  makeCard,
  makeRoles,
  nobody,
  openBench,
  origin,
} from '../support/people.ts';

const database = fileDatabase();
const administrator = staffWith(rights);
/** Looks after people, and sees the cards that share a tag with Anna. */
const keeper = staffWith(['people.edit'], { specialistId: house.anna });
const password = 'a quiet long sentence';
const email = 'ida@example.com';
const reason = 'Threatened a colleague on 3 May';
let bench: Bench;
let passwordHash = '';
let accountId = '';
let clientId = '';

beforeAll(async () => {
  bench = await openBench(database());
  passwordHash = await hashPassword(password);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.clock.advanceMinutes(61);
  await emptyHouse(database().ownerUrl);
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  ({ accountId, clientId } = await client(email));
});

async function client(address: string, more: { verified?: boolean } = {}) {
  const made = await makeAccount(bench.db, { email: address, role: 'client', ...more });
  await bench.db.credential.create({ data: { accountId: made, passwordHash } });
  return { accountId: made, clientId: await makeCard(bench.db, { accountId: made }) };
}

async function factorFor(owner: string, confirmedAt: Date | null = bench.clock.now()): Promise<void> {
  const seed = { seedSealed: Buffer.alloc(64), createdAt: bench.clock.now() };
  await bench.db.secondFactor.create({ data: { ...seed, accountId: owner, confirmedAt } });
  await bench.db.recoveryCode.create({
    data: { id: randomUUID(), accountId: owner, codeHash: Buffer.from(owner) },
  });
}

const open = (more: { id?: string; deviceId?: string } = {}): Promise<string> =>
  bench.db.$transaction((tx) =>
    openSession(tx, { id: randomUUID(), accountId, now: bench.clock.now(), origin, ...more }),
  );
const isOpen = async (token: string) => (await readSession(bench.db, token, bench.clock.now())) !== null;
const enter = async (address = email) => {
  const entered = await signIn(bench.deps, doorSettings, origin, { email: address, password });
  return entered.ok ? 'in' : entered.refusal.code;
};
const block = (actor: Actor, isBlocked: boolean, why: string | null = null, id = clientId) =>
  by(blockClient, bench.deps, actor, { clientId: id, isBlocked, reason: why });
const see = (actor: Actor, id = clientId) => by(readClientAccount, bench.deps, actor, { clientId: id });
const takeFactor = (actor: Actor, id = clientId) => by(takeFactorOf, bench.deps, actor, { clientId: id });
const presence = (actor: Actor, id = clientId) =>
  by(readPresence, bench.deps, actor, { clientId: id, currentSessionId: null });
const end = (actor: Actor, sessionId: string | null, id = clientId) =>
  by(endSessionsOf, bench.deps, actor, { clientId: id, sessionId, currentSessionId: null });
const forget = (actor: Actor, deviceId: string, id = clientId) =>
  by(forgetDeviceOf, bench.deps, actor, { clientId: id, deviceId });
/** Everything there is to be done with the account behind a card. */
const everything = (actor: Actor, id = clientId) =>
  Promise.all([
    see(actor, id),
    presence(actor, id),
    block(actor, true, reason, id),
    block(actor, false, null, id),
    end(actor, null, id),
    forget(actor, randomUUID(), id),
    takeFactor(actor, id),
  ]);
const accountRow = () => bench.db.account.findUniqueOrThrow({ where: { id: accountId } });
const shareTag = async () => {
  const tagId = randomUUID();
  await bench.db.tag.create({ data: { id: tagId, name: 'Laser course', isAccess: true } });
  await bench.db.specialistTag.create({ data: { tagId, specialistId: house.anna } });
  await bench.db.clientTag.create({ data: { tagId, clientId } });
};
const notedBy = async ({ accountId: actorId }: { accountId: string }) =>
  (await bench.db.auditEntry.findMany({ where: { actorId }, orderBy: { id: 'asc' } })).filter(
    ({ action }) => action !== 'client.read',
  );

describe('a blocked client', () => {
  it('is out at the next request, can’t sign in, and is let in again; the reason is kept and the trail says who', async () => {
    const tokens = [await open(), await open()];
    valueOf(await block(administrator, true, reason));
    expect((await Promise.all(tokens.map(isOpen))).some(Boolean)).toBe(false);
    expect(await bench.db.session.count({ where: { accountId, revokedAt: null } })).toBe(0);
    expect(await enter()).toBe('wrong_credentials');
    expect(await accountRow()).toMatchObject({ blockedAt: bench.clock.now(), blockedReason: reason });
    expect(valueOf(await see(administrator))).toMatchObject({ isBlocked: true, blockedReason: reason });
    valueOf(await block(administrator, false));
    expect(await accountRow()).toMatchObject({ blockedAt: null, blockedReason: null });
    expect(await enter()).toBe('in');
    const noted = await notedBy(administrator);
    expect(noted.map(({ action, subjectId, clientId: of }) => [action, subjectId, of])).toEqual([
      ['account.update', accountId, clientId],
      ['account.update', accountId, clientId],
    ]);
    expect(noted[0]?.detail).toMatchObject({ blocked_reason: [null, reason] });
  });

  it('blocked twice is blocked as the first time, and telling the others is left to the first', async () => {
    valueOf(await block(administrator, true, reason));
    const events = () => bench.db.changeEvent.count({ where: { topic: 'client', entityId: clientId } });
    const before = [await accountRow(), await events()];
    bench.clock.advanceMinutes(1);
    valueOf(await block(administrator, true, 'another reason'));
    expect([await accountRow(), await events()]).toEqual(before);
  });

  it('needs no reason to be given, and no account of a colleague is found by a card', async () => {
    valueOf(await block(administrator, true));
    expect(valueOf(await see(administrator)).blockedReason).toBeNull();
    const { id: roleId } = await bench.db.role.findUniqueOrThrow({ where: { key: 'specialist' } });
    await bench.db.accountRole.create({ data: { accountId, roleId } });
    for (const answer of await everything(administrator))
      expect(refusalOf(answer)).toEqual({ code: 'not_found', noun: 'account' });
  });

  it('a colleague’s reason is kept in the same place', async () => {
    const colleague = await makeAccount(bench.db, { email: 'rosa@example.com', role: 'specialist' });
    await makeAccount(bench.db, { email: 'ada@example.com', role: 'administrator' });
    const { id: roleId } = await bench.db.role.findUniqueOrThrow({ where: { key: 'specialist' } });
    const row = () => bench.db.account.findUniqueOrThrow({ where: { id: colleague } });
    const change = async (fields: { isBlocked: boolean; blockedReason?: string | null; name?: string }) => {
      const { version } = await row();
      const of = { accountId: colleague, version, name: 'Rosa', roleIds: [roleId] };
      valueOf(await by(updateStaff, bench.deps, administrator, { ...of, ...fields }));
      return (await row()).blockedReason;
    };
    expect(await change({ isBlocked: true, blockedReason: reason })).toBe(reason);
    // Another name says nothing about it.
    expect(await change({ isBlocked: true, name: 'Rosa Lund' })).toBe(reason);
    expect(await change({ isBlocked: true, blockedReason: null })).toBeNull();
    expect(await change({ isBlocked: false, blockedReason: reason })).toBeNull();
  });
});

describe('where a client is signed in', () => {
  it('shows sessions for as long as clients keep theirs, ends one or all, and forgets a device', async () => {
    const now = bench.clock.now();
    const deviceId = randomUUID();
    await bench.db.device.create({
      data: { id: deviceId, tokenHash: Buffer.from(deviceId), createdAt: now, lastSeenAt: now },
    });
    await bench.db.deviceAccount.create({ data: { deviceId, accountId, firstAt: now, lastFullAt: now } });
    const [first, second, there] = [await open(), await open({ id: clientId }), await open({ deviceId })];
    // A colleague would long have been signed out.
    bench.clock.advanceMinutes(13 * 60);
    const seen = valueOf(await presence(administrator));
    expect([seen.sessions.length, seen.mayEnd]).toEqual([3, true]);
    expect(seen.devices.map(({ id }) => id)).toEqual([deviceId]);
    expect(valueOf(await end(administrator, clientId))).toEqual({ ended: 1 });
    expect([await isOpen(first), await isOpen(second)]).toEqual([true, false]);
    valueOf(await forget(administrator, deviceId));
    expect([await isOpen(first), await isOpen(there)]).toEqual([true, false]);
    expect(refusalOf(await forget(administrator, deviceId))).toEqual({ code: 'not_found', noun: 'device' });
    expect(valueOf(await end(administrator, null))).toEqual({ ended: 1 });
    expect(valueOf(await presence(administrator))).toMatchObject({ sessions: [], devices: [] });
    expect((await notedBy(administrator)).map(({ action, clientId: of }) => [action, of])).toEqual([
      ['session.end', clientId],
      ['device.forget', clientId],
      ['session.end', clientId],
    ]);
  });
});

describe('a client’s lost second factor', () => {
  it('goes with its codes, the sessions and the password; the owner is told and mailed a link to a new one', async () => {
    await factorFor(accountId);
    const token = await open();
    expect(await enter()).toBe('second_factor_asked');
    expect(valueOf(await see(administrator)).factorSince).toEqual(bench.clock.now());
    valueOf(await takeFactor(administrator));
    expect(await bench.db.secondFactor.count({ where: { accountId } })).toBe(0);
    expect(await bench.db.recoveryCode.count({ where: { accountId } })).toBe(0);
    expect(await isOpen(token)).toBe(false);
    expect(valueOf(await see(administrator)).factorSince).toBeNull();
    // Whoever knows no more than the password and talks well comes no further.
    expect(await enter()).toBe('wrong_credentials');
    expect(await jobsOf(bench.db, 'notify-account', accountId)).toMatchObject([
      { kind: 'second_factor_off' },
    ]);
    expect(await jobsOf(bench.db, 'send-reset', accountId)).toHaveLength(1);
    expect((await notedBy(administrator)).map(({ action, clientId: of }) => [action, of])).toEqual([
      ['second_factor.delete', clientId],
      ['credential.delete', clientId],
    ]);
    valueOf(await takeFactor(administrator));
    expect(await jobsOf(bench.db, 'send-reset', accountId)).toHaveLength(1);
  });

  it('leaves the password to an address nobody has proven: no letter would bring another', async () => {
    const other = await client('kim@example.com', { verified: false });
    await factorFor(other.accountId);
    valueOf(await takeFactor(administrator, other.clientId));
    expect(await enter('kim@example.com')).toBe('in');
    expect(await jobsOf(bench.db, 'notify-account', other.accountId)).toHaveLength(1);
    expect(await jobsOf(bench.db, 'send-reset', other.accountId)).toEqual([]);
  });

  it('that was begun and never shown to work asks for nothing, and stays', async () => {
    await factorFor(accountId, null);
    expect(valueOf(await see(administrator)).factorSince).toBeNull();
    valueOf(await takeFactor(administrator));
    expect(await bench.db.secondFactor.count({ where: { accountId } })).toBe(1);
    expect(await enter()).toBe('in');
  });
});

describe('who may', () => {
  it('not without the right to look after people, whoever sees the card', async () => {
    await factorFor(accountId);
    const token = await open();
    const own: Actor = { kind: 'client', accountId, clientId, holderKey: null };
    for (const actor of [staffWith(shippedRoles.receptionist), staffWith([]), own, nobody])
      for (const answer of await everything(actor)) expect(refusalOf(answer)).toEqual({ code: 'forbidden' });
    expect(await isOpen(token)).toBe(true);
    expect(await accountRow()).toMatchObject({ blockedAt: null, version: 1 });
    expect(await bench.db.secondFactor.count({ where: { accountId } })).toBe(1);
  });

  it('only of cards within sight: one that isn’t is not there', async () => {
    await factorFor(accountId);
    const token = await open();
    for (const answer of await everything(keeper))
      expect(refusalOf(answer)).toEqual({ code: 'not_found', noun: 'client' });
    for (const answer of await everything(administrator, randomUUID()))
      expect(refusalOf(answer)).toEqual({ code: 'not_found', noun: 'client' });
    expect(await isOpen(token)).toBe(true);
    await shareTag();
    valueOf(await presence(keeper));
    valueOf(await takeFactor(keeper));
    valueOf(await block(keeper, true, reason));
    expect(await isOpen(token)).toBe(false);
    expect((await accountRow()).blockedReason).toBe(reason);
  });

  it('a card without an account has none, and a merged one leads to the card that stayed', async () => {
    const bare = await makeCard(bench.db);
    expect(refusalOf(await see(administrator, bare))).toEqual({ code: 'not_found', noun: 'account' });
    await bench.db.client.update({ where: { id: bare }, data: { mergedIntoId: clientId } });
    expect(valueOf(await see(administrator, bare)).accountId).toBe(accountId);
  });

  it('that somebody looked at it is a reading of the card', async () => {
    valueOf(await see(administrator));
    const read = await bench.db.auditEntry.findMany({ where: { action: 'client.read' } });
    expect(read).toMatchObject([{ clientId, actorId: administrator.accountId }]);
  });
});
