/** Getting in while something about it changes: a password, an address, a rival for the address. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import type { Actor } from '../../src/domain/access/actor.ts';
import { registerInput } from '../../src/domain/account.ts';
import { changePassword } from '../../src/server/access/account.ts';
import { signIn, signOut } from '../../src/server/access/commands.ts';
import { beginFactor, confirmFactor } from '../../src/server/access/factor-setup.ts';
import { endOtherSessions, lock } from '../../src/server/access/own-sessions.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { choosePin, quickReturns, returnByPin } from '../../src/server/access/pin.ts';
import { correctEmail, proveEmail, register } from '../../src/server/access/register.ts';
import { readSession } from '../../src/server/access/sessions.ts';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { sendProofCode } from '../../src/server/notifications/compose.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { type Bench, doorSettings, makeAccount, makeRoles, nobody, openBench } from '../support/people.ts';

const database = fileDatabase();
const password = 'a quiet morning';
const pin = '839271';
const origin = { userAgent: 'tests', ipAddress: '203.0.113.7' };
let bench: Bench;
let passwordHash = '';
let count = 0;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  passwordHash = await hashPassword(password);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.clock.set('2026-06-03T07:00:00Z');
  await withClient(database().ownerUrl, (owner) => owner.query('TRUNCATE attempt_counter'));
});

async function person(role: 'client' | 'receptionist' = 'receptionist') {
  const email = `person${++count}@example.com`;
  const accountId = await makeAccount(bench.db, { email, role });
  await bench.db.credential.create({ data: { accountId, passwordHash } });
  return { email, accountId };
}

interface Inside {
  token: string;
  deviceToken: string | null;
  accountId: string;
  sessionId: string;
  actor: Actor;
}

async function enter(email: string, typed = password, deviceToken: string | null = null): Promise<Inside> {
  const result = await signIn(
    bench.deps,
    doorSettings,
    { ...origin, deviceToken },
    { email, password: typed },
  );
  if (!result.ok) throw new Error(`not let in: ${result.refusal.code}`);
  return { ...(await insideOf(result.value.token)), deviceToken: result.value.deviceToken };
}

async function insideOf(token: string): Promise<Inside> {
  const session = await readSession(bench.db, token, bench.clock.now());
  if (!session) throw new Error('no session');
  const { accountId, id, actor } = session;
  return { token, deviceToken: null, accountId, sessionId: id, actor };
}

async function registered(email: string, typed = password): Promise<Inside> {
  const input = registerInput.parse({
    firstName: 'Ana',
    lastName: 'Reis',
    email,
    phone: '+49 30 1234567',
    password: typed,
    locale: 'en',
  });
  const result = await by(register, bench.deps, nobody, origin, input);
  if (!result.ok) throw new Error(result.refusal.code);
  return { ...(await insideOf(result.value.token)), deviceToken: result.value.deviceToken };
}

/** Holds a lock until it is let go; `until` waits for somebody to stand behind it. */
async function holding<T>(
  sql: string,
  work: (held: { letGo(last?: string): Promise<void> }) => Promise<T>,
): Promise<T> {
  return withClient(database().ownerUrl, async (owner) => {
    await owner.query('BEGIN');
    await owner.query(sql);
    const { rows } = await owner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const waits = async () =>
      (
        await bench.db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM pg_locks l WHERE NOT l.granted AND ${rows[0]?.pid ?? 0} = ANY (pg_blocking_pids(l.pid))`
      )[0]?.count;
    return work({
      async letGo(last) {
        await expect.poll(waits, { timeout: 10_000 }).toBeGreaterThan(0n);
        if (last) await owner.query(last);
        await owner.query('COMMIT');
      },
    });
  });
}

describe('a password that was verified a moment ago', () => {
  test('opens nothing once it is another', async () => {
    const { email, accountId } = await person();
    await holding(
      `SELECT FROM credential WHERE account_id = '${accountId}' FOR UPDATE`,
      async ({ letGo }) => {
        const entering = signIn(bench.deps, doorSettings, origin, { email, password });
        await letGo(`UPDATE credential SET password_hash = 'another' WHERE account_id = '${accountId}'`);
        expect(await entering).toMatchObject({ refusal: { code: 'wrong_credentials' } });
      },
    );
    expect(await bench.db.session.count({ where: { accountId, revokedAt: null } })).toBe(0);
  });

  test('opens nothing once the account is blocked', async () => {
    const { email, accountId } = await person();
    await holding(`SELECT FROM account WHERE id = '${accountId}' FOR UPDATE`, async ({ letGo }) => {
      const entering = signIn(bench.deps, doorSettings, origin, { email, password });
      await letGo(`UPDATE account SET blocked_at = now() WHERE id = '${accountId}'`);
      expect(await entering).toMatchObject({ refusal: { code: 'wrong_credentials' } });
    });
  });

  test('a loop of sign-ins leaves nobody in when the password changes', async () => {
    const { email, accountId } = await person();
    const owner = await enter(email);
    const thief = await enter(email);
    const input = { currentPassword: password, newPassword: 'the long way round the lake' };
    const entering = Array.from({ length: 12 }, () =>
      signIn(bench.deps, doorSettings, { ...origin, deviceToken: thief.deviceToken }, { email, password }),
    );
    const changed = await by(changePassword, bench.deps, owner.actor, owner, doorSettings, origin, input);
    expect(changed).toMatchObject({ ok: true });
    await Promise.all(entering);
    const open = await bench.db.session.findMany({
      where: { accountId, revokedAt: null },
      select: { id: true },
    });
    expect(open).toEqual([{ id: owner.sessionId }]);
  });
});

describe('a PIN', () => {
  const comeBack = (who: Inside) =>
    by(returnByPin, bench.deps, nobody, doorSettings, origin, {
      accountId: who.accountId,
      pin,
      deviceToken: who.deviceToken,
    });
  const withPin = async () => {
    const { email } = await person();
    const owner = await enter(email);
    const tablet = await enter(email);
    await by(choosePin, bench.deps, tablet.actor, tablet, doorSettings, pin);
    await by(lock, bench.deps, tablet.actor, tablet);
    expect(await quickReturns(bench.deps, tablet.deviceToken)).toHaveLength(1);
    return { email, owner, tablet };
  };

  test('leads back no more once the password is another, from whichever device it was changed', async () => {
    const { owner, tablet } = await withPin();
    const input = { currentPassword: password, newPassword: 'the long way round the lake' };
    await by(changePassword, bench.deps, owner.actor, owner, doorSettings, origin, input);
    expect(await quickReturns(bench.deps, tablet.deviceToken)).toEqual([]);
    expect(await comeBack(tablet)).toMatchObject({ ok: false });
  });

  test('nor once the other sessions were ended, nor past a second factor set up meanwhile', async () => {
    const ended = await withPin();
    await by(endOtherSessions, bench.deps, ended.owner.actor, ended.owner);
    expect(await comeBack(ended.tablet)).toMatchObject({ ok: false });
    const factored = await withPin();
    const begun = await by(beginFactor, bench.deps, factored.owner.actor, factored.owner, doorSettings);
    if (!begun.ok) throw new Error(begun.refusal.code);
    const code = codeAt(begun.value.seed, stepAt(bench.clock.now()));
    expect(
      await by(confirmFactor, bench.deps, factored.owner.actor, factored.owner, doorSettings, code),
    ).toMatchObject({ ok: true });
    expect(await comeBack(factored.tablet)).toMatchObject({ ok: false });
    // In full, it is offered again.
    const again = await enter(ended.email, password, ended.tablet.deviceToken);
    expect(await quickReturns(bench.deps, again.deviceToken ?? ended.tablet.deviceToken)).toHaveLength(1);
  });

  test('a return that is under way while the sessions are ended ends too', async () => {
    const { owner, tablet } = await withPin();
    await holding(
      `SELECT FROM device_account WHERE account_id = '${owner.accountId}' FOR UPDATE`,
      async ({ letGo }) => {
        const returning = comeBack(tablet);
        await letGo(`UPDATE device_account SET pin_tries = 4 WHERE account_id = '${owner.accountId}'`);
        expect(await returning).toMatchObject({ ok: false });
      },
    );
  });
});

describe('several accounts with one address', () => {
  test('opening another and entering it works whether or not somebody has proven the address', async () => {
    const { email } = await person('client');
    await registered(email, 'the long way round the lake');
    await registered('nobody-yet@example.com', 'the long way round the lake');
    for (const address of [email, 'nobody-yet@example.com'])
      expect(await enter(address, 'the long way round the lake')).toMatchObject({
        actor: { kind: 'client' },
      });
    expect((await enter(email)).actor).toMatchObject({ kind: 'client' });
  });

  test('whoever is known on a device enters their own there, however many others claim the address', async () => {
    const email = `claimed${++count}@example.com`;
    const mine = await registered(email);
    bench.clock.advanceMinutes(1);
    for (let rival = 0; rival < 3; rival++) await registered(email, 'the long way round the lake');
    expect((await enter(email, password, mine.deviceToken)).accountId).toBe(mine.accountId);
  });

  test('entering one’s own takes no guesses at the others off', async () => {
    const email = `claimed${++count}@example.com`;
    await registered(email);
    bench.clock.advanceMinutes(1);
    await registered(email, 'the long way round the lake');
    const told: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (const typed of ['one guess', 'another guess', 'the long way round the lake']) {
        const result = await signIn(bench.deps, doorSettings, origin, { email, password: typed });
        told.push(result.ok ? 'in' : result.refusal.code);
      }
    }
    expect(told.slice(0, 3)).toEqual(['wrong_credentials', 'wrong_credentials', 'in']);
    expect(told.slice(3)).toEqual(Array(9).fill('captcha_needed'));
  });
});

describe('an address that is corrected while it is proven', () => {
  test('is never taken for proven', async () => {
    const own = `own${++count}@example.com`;
    const theirs = `theirs${count}@example.com`;
    const signed = await registered(own);
    bench.clock.advanceMinutes(2);
    const proof = await bench.db.contactProof.findFirstOrThrow({ where: { accountId: signed.accountId } });
    await sendProofCode(bench.deps, proof.id);
    const { bodyText } = await bench.db.message.findUniqueOrThrow({
      where: { sendKey: `proof:${proof.id}` },
    });
    const code = /\b\d{6}\b/.exec(bodyText)?.[0] ?? '';
    await holding(
      `SELECT pg_advisory_xact_lock(hashtextextended('address:${own}', 0))`,
      async ({ letGo }) => {
        const proving = by(proveEmail, bench.deps, signed.actor, signed, origin, { code });
        // Only once the proof waits for the address, which it has read by then.
        await new Promise((resolve) => setTimeout(resolve, 300));
        const correcting = by(correctEmail, bench.deps, signed.actor, signed.accountId, theirs);
        await letGo();
        await Promise.all([proving, correcting]);
      },
    );
    const account = await bench.db.account.findUniqueOrThrow({ where: { id: signed.accountId } });
    expect(account.emailVerifiedAt !== null && account.email === theirs).toBe(false);
  });
});

describe('the trail of who got in', () => {
  const entriesOf = async (accountId: string) =>
    (
      await bench.db.auditEntry.findMany({
        where: { subjectId: accountId, action: { startsWith: 'account.sign' } },
        orderBy: { id: 'asc' },
      })
    ).map(({ action, detail }) => [action, Object(detail).openedBy]);

  test('knows registrations, proofs that open another account, and who left', async () => {
    const owner = await person('client');
    await enter(owner.email);
    bench.clock.advanceMinutes(1);
    const signed = await registered(owner.email);
    expect(await entriesOf(signed.accountId)).toEqual([['account.sign_in', 'registration']]);
    const proof = await bench.db.contactProof.findFirstOrThrow({ where: { accountId: signed.accountId } });
    await sendProofCode(bench.deps, proof.id);
    const { bodyText } = await bench.db.message.findUniqueOrThrow({
      where: { sendKey: `proof:${proof.id}` },
    });
    const code = /\b\d{6}\b/.exec(bodyText)?.[0] ?? '';
    const proven = await by(proveEmail, bench.deps, signed.actor, signed, origin, { code });
    if (!proven.ok) throw new Error(proven.refusal.code);
    expect(proven.value.outcome).toBe('joined');
    const { sessionId } = await insideOf(proven.value.token);
    const [told] = await bench.db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM pgboss.job WHERE name = 'notify-sign-in' AND data->>'sessionId' = ${sessionId}`;
    expect(told?.count).toBe(1n);
    await signOut(bench.deps, proven.value.token);
    await signOut(bench.deps, proven.value.token);
    expect(await entriesOf(owner.accountId)).toEqual([
      ['account.sign_in', 'password'],
      ['account.sign_in', 'proof'],
      ['account.sign_out', undefined],
    ]);
  });
});

test('an open page that listens by itself keeps nobody signed in', async () => {
  const { email } = await person();
  const { token } = await enter(email);
  for (let hour = 0; hour < 13; hour++) {
    bench.clock.advanceMinutes(60);
    await readSession(bench.db, token, bench.clock.now(), { isAttended: false });
  }
  expect(await readSession(bench.db, token, bench.clock.now())).toBeNull();
});
