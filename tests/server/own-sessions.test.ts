import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { rememberDevice } from '../../src/server/access/devices.ts';
import {
  endOtherSessions,
  endOwnSession,
  forgetOwnDevice,
  listOwnSessions,
  lock,
} from '../../src/server/access/own-sessions.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { choosePin, quickReturns, removePin, returnByPin } from '../../src/server/access/pin.ts';
import { signOut } from '../../src/server/access/commands.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { transact } from '../../src/server/db.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { type Bench, makeAccount, makeRoles, nobody, openBench } from '../support/people.ts';

const database = fileDatabase(20);
const settings = { masterKey: 'only for tests, thrown away after' };
const pin = '839271';
let passwordHash = '';
let bench: Bench;
let count = 0;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  passwordHash = await hashPassword('a quiet morning');
});
afterAll(() => bench.stop());
// Each test on a day of its own, at eight in Berlin.
let day = 1;
beforeEach(() => bench.clock.set(`2026-06-${String(day++).padStart(2, '0')}T06:00:00Z`));

interface Somebody {
  accountId: string;
  sessionId: string;
  token: string;
  deviceId: string;
  deviceToken: string;
  actor: Actor;
}

const iPad = 'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1';

/** A full sign-in, on a device of one's own or on one that others use too. */
async function signIn(
  accountId: string,
  at: { deviceToken?: string | null; ipAddress?: string } = {},
): Promise<Somebody> {
  const now = bench.clock.now();
  const opened = await transact(bench.db, async (tx) => {
    const origin = { userAgent: iPad, ipAddress: at.ipAddress ?? null, deviceToken: at.deviceToken ?? null };
    const device = await rememberDevice(tx, bench.deps, accountId, origin);
    const session = { id: bench.deps.newId(), accountId, now, origin, deviceId: device.id };
    return { device, token: await openSession(tx, session) };
  });
  const session = await readSession(bench.db, opened.token, now);
  if (!session) throw new Error('no session');
  return {
    accountId,
    sessionId: session.id,
    token: opened.token,
    deviceId: opened.device.id,
    deviceToken: opened.device.token ?? at.deviceToken ?? '',
    actor: session.actor,
  };
}

async function account(role: 'client' | 'receptionist' | 'specialist' = 'receptionist', name = 'Nora Blum') {
  const accountId = await makeAccount(bench.db, { email: `person${++count}@example.com`, role, name });
  await bench.db.credential.create({ data: { accountId, passwordHash } });
  return accountId;
}

const isOpen = async (token: string) => (await readSession(bench.db, token, bench.clock.now())) !== null;

describe('SES-1: one’s own sessions', () => {
  it('are listed with device and place, this one marked; ended, old and others’ are not', async () => {
    const accountId = await account();
    const ended = await signIn(accountId);
    await bench.db.session.update({
      where: { id: ended.sessionId },
      data: { revokedAt: bench.clock.now() },
    });
    const idle = await signIn(accountId);
    await signIn(await account());
    bench.clock.advanceMinutes(13 * 60);
    const elsewhere = await signIn(accountId, { ipAddress: '203.0.113.7' });
    const here = await signIn(accountId);
    const { sessions } = await by(listOwnSessions, bench.deps, here.actor, here);
    expect(sessions.map(({ id, isThis }) => [id, isThis])).toEqual(
      expect.arrayContaining([
        [elsewhere.sessionId, false],
        [here.sessionId, true],
      ]),
    );
    expect(sessions).toHaveLength(2);
    expect(await isOpen(idle.token)).toBe(false);
    expect(sessions.find(({ id }) => id === elsewhere.sessionId)).toMatchObject({
      device: { browser: 'Safari', system: 'iPad', kind: 'tablet' },
      place: '203.0.113.7',
    });
  });

  it('end on the next request: one, or all the others', async () => {
    const accountId = await account('client');
    const here = await signIn(accountId);
    const [one, two, three] = [await signIn(accountId), await signIn(accountId), await signIn(accountId)];
    expect(await by(endOwnSession, bench.deps, here.actor, here, one.sessionId)).toMatchObject({ ok: true });
    expect([await isOpen(one.token), await isOpen(two.token)]).toEqual([false, true]);
    expect(await by(endOtherSessions, bench.deps, here.actor, here)).toMatchObject({ ok: true });
    expect([await isOpen(two.token), await isOpen(three.token), await isOpen(here.token)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('nobody ends a session that isn’t theirs', async () => {
    const [one, other] = [await signIn(await account()), await signIn(await account('client'))];
    for (const [who, whose] of [
      [one, other],
      [other, one],
    ] as const)
      expect(await by(endOwnSession, bench.deps, who.actor, who, whose.sessionId)).toMatchObject({
        refusal: { code: 'not_found' },
      });
    // An account that isn't the actor's own changes nothing, even if a door passed it on.
    await by(endOtherSessions, bench.deps, one.actor, {
      accountId: other.accountId,
      sessionId: one.sessionId,
    });
    expect(await isOpen(other.token)).toBe(true);
  });

  it('a forgotten device is no longer known, and what is signed in there ends', async () => {
    const accountId = await account();
    const here = await signIn(accountId);
    const away = await signIn(accountId);
    const before = await by(listOwnSessions, bench.deps, here.actor, here);
    expect(before.devices.map(({ id, isThis }) => [id, isThis])).toEqual(
      expect.arrayContaining([
        [away.deviceId, false],
        [here.deviceId, true],
      ]),
    );
    expect(await by(forgetOwnDevice, bench.deps, here.actor, here, away.deviceId)).toMatchObject({
      ok: true,
    });
    expect([await isOpen(away.token), await isOpen(here.token)]).toEqual([false, true]);
    const { devices } = await by(listOwnSessions, bench.deps, here.actor, here);
    expect(devices.map(({ id }) => id)).toEqual([here.deviceId]);
    expect(await by(forgetOwnDevice, bench.deps, here.actor, here, away.deviceId)).toMatchObject({
      refusal: { code: 'not_found' },
    });
  });
});

describe('PIN-2: a quick return', () => {
  const withPin = async (at: { deviceToken?: string } = {}, name?: string): Promise<Somebody> => {
    const person = await signIn(await account('receptionist', name), at);
    const answer = await by(choosePin, bench.deps, person.actor, person, settings, pin);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return person;
  };
  const names = async (deviceToken: string | null) =>
    (await quickReturns(bench.deps, deviceToken)).map(({ name }) => name);
  const origin = { userAgent: iPad, ipAddress: null };
  const comeBack = (person: Somebody, typed = pin, deviceToken: string | null = person.deviceToken) =>
    by(returnByPin, bench.deps, nobody, settings, origin, {
      accountId: person.accountId,
      pin: typed,
      deviceToken,
    });

  it('opens a session that proves nothing: what is dangerous asks for the password', async () => {
    const person = await withPin();
    expect(await by(lock, bench.deps, person.actor, person)).toMatchObject({ ok: true });
    expect(await isOpen(person.token)).toBe(false);
    const answer = await comeBack(person);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(await readSession(bench.db, answer.value.token, bench.clock.now())).toMatchObject({
      accountId: person.accountId,
      openedBy: 'pin',
      provenAt: null,
      deviceId: person.deviceId,
    });
  });

  it('ends with the clinic’s day, at the latest after twelve hours', async () => {
    const person = await withPin();
    bench.clock.advanceMinutes(60);
    const morning = await comeBack(person);
    if (!morning.ok) throw new Error(morning.refusal.code);
    bench.clock.advanceMinutes(12 * 60);
    expect(await isOpen(morning.value.token)).toBe(false);
    const evening = await comeBack(person); // nine in the evening in Berlin
    if (!evening.ok) throw new Error(evening.refusal.code);
    bench.clock.advanceMinutes(2 * 60 + 59);
    expect(await isOpen(evening.value.token)).toBe(true);
    bench.clock.advanceMinutes(1);
    expect(await isOpen(evening.value.token)).toBe(false);
    expect(await comeBack(person)).toMatchObject({ refusal: { code: 'proof_refused', reason: 'expired' } });
    expect(await names(person.deviceToken)).toEqual([]);
  });

  it('three tries, however many at once; then only the full way, until it was gone', async () => {
    const person = await withPin();
    const answers = await Promise.all(Array.from({ length: 50 }, () => comeBack(person, '470962')));
    const reasons = answers.map((answer) =>
      !answer.ok && answer.refusal.code === 'proof_refused' ? answer.refusal.reason : 'other',
    );
    expect(reasons.filter((reason) => reason === 'wrong').length).toBeLessThanOrEqual(3);
    const { pinTries } = await bench.db.deviceAccount.findUniqueOrThrow({
      where: { deviceId_accountId: { deviceId: person.deviceId, accountId: person.accountId } },
    });
    expect(pinTries).toBe(3);
    expect(await comeBack(person)).toMatchObject({ ok: false });
    expect(await names(person.deviceToken)).toEqual([]);
    bench.clock.advanceMinutes(60);
    const { deviceToken } = await signIn(person.accountId, { deviceToken: person.deviceToken });
    expect(await names(deviceToken)).toEqual(['Nora Blum']);
    expect(await comeBack(person)).toMatchObject({ ok: true });
  });

  it('a right one forgives the wrong ones before it', async () => {
    const person = await withPin();
    for (let round = 0; round < 3; round++) {
      expect(await comeBack(person, '470962')).toMatchObject({ refusal: { reason: 'wrong' } });
      expect(await comeBack(person, '381649')).toMatchObject({ refusal: { reason: 'wrong' } });
      expect(await comeBack(person)).toMatchObject({ ok: true });
    }
  });

  it('is offered on that device alone, to those who have a PIN, today', async () => {
    const person = await withPin();
    expect(await names(person.deviceToken)).toEqual(['Nora Blum']);
    expect(await names(null)).toEqual([]);
    expect(await names('x'.repeat(43))).toEqual([]);
    const another = await signIn(person.accountId);
    expect(await comeBack(person, pin, another.deviceToken)).toMatchObject({ ok: true });
    expect(await comeBack(person, pin, null)).toMatchObject({ refusal: { reason: 'expired' } });
    const without = await signIn(await account('specialist', 'Ada'), { deviceToken: person.deviceToken });
    expect(await names(without.deviceToken)).toEqual(['Nora Blum']);
    expect(await comeBack(without)).toMatchObject({ refusal: { reason: 'expired' } });
  });

  it('several return to one tablet, each by their own', async () => {
    const one = await withPin({}, 'Nora Blum');
    bench.clock.advanceMinutes(1);
    const two = await withPin({ deviceToken: one.deviceToken }, 'Ada Stern');
    expect(await names(two.deviceToken)).toEqual(['Ada Stern', 'Nora Blum']);
    // The cookie was renewed when the second came: a copy of the first one is worth nothing.
    expect(await names(one.deviceToken)).toEqual([]);
    expect(await comeBack(one, pin, two.deviceToken)).toMatchObject({ ok: true });
  });

  it('not after signing out for good, being blocked, forgetting the device, or without the PIN', async () => {
    const person = await withPin();
    await signOut(bench.deps, person.token);
    expect(await names(person.deviceToken)).toEqual([]);
    expect(await comeBack(person)).toMatchObject({ refusal: { reason: 'expired' } });
    bench.clock.advanceMinutes(1);
    const again = { ...person, ...(await signIn(person.accountId, { deviceToken: person.deviceToken })) };
    expect(await names(again.deviceToken)).toEqual(['Nora Blum']);
    await by(removePin, bench.deps, again.actor, again);
    expect(await names(again.deviceToken)).toEqual([]);
    await by(choosePin, bench.deps, again.actor, again, settings, pin);
    await bench.db.account.update({
      where: { id: person.accountId },
      data: { blockedAt: bench.clock.now() },
    });
    expect(await names(again.deviceToken)).toEqual([]);
    await bench.db.account.update({ where: { id: person.accountId }, data: { blockedAt: null } });
    await by(forgetOwnDevice, bench.deps, again.actor, again, again.deviceId);
    expect(await names(again.deviceToken)).toEqual([]);
  });

  it('clients have none, and the hash means nothing without the installation’s key', async () => {
    const client = await signIn(await account('client'));
    expect(await by(choosePin, bench.deps, client.actor, client, settings, pin)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    const person = await withPin();
    const answer = await by(
      returnByPin,
      bench.deps,
      nobody,
      { masterKey: 'another key of the same length, not ours' },
      origin,
      { accountId: person.accountId, pin, deviceToken: person.deviceToken },
    );
    expect(answer).toMatchObject({ refusal: { reason: 'wrong' } });
  });
});
