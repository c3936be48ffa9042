import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { messageSight } from '../../src/domain/access/message.ts';
import { beginFactor, confirmFactor } from '../../src/server/access/factor-setup.ts';
import { hashPassword, verifyPassword } from '../../src/server/access/passwords.ts';
import { countAttempt } from '../../src/server/access/attempts.ts';
import { rememberDevice } from '../../src/server/access/devices.ts';
import { askReset, resetByLink } from '../../src/server/access/recovery.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { hashToken } from '../../src/server/access/tokens.ts';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { transact } from '../../src/server/db.ts';
import { notifyAccount, sendReset } from '../../src/server/notifications/account-letters.ts';
import { readMessage } from '../../src/server/notifications/queries.ts';
import { sendMessage } from '../../src/server/notifications/send.ts';
import type { Outside } from '../../src/server/notifications/outside.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { jobsOf } from '../support/jobs.ts';
import { type Bench, makeAccount, makeRoles, nobody, openBench, origin, staff } from '../support/people.ts';

const database = fileDatabase(20);
const settings = { masterKey: 'only for tests, thrown away after' };
const oldPassword = 'a quiet morning';
const newPassword = 'the long way round the lake';
let oldHash = '';
let bench: Bench;
let count = 0;

/** Mail that goes nowhere but is told to be on its way. */
const outside: Outside = {
  appUrl: 'http://localhost:3000',
  mailFrom: 'Praxis <praxis@example.com>',
  mailer: { send: async () => 'sent', verify: async () => undefined, close: () => undefined },
};

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  oldHash = await hashPassword(oldPassword);
});
afterAll(() => bench.stop());
beforeEach(() => bench.clock.advanceMinutes(61));

interface Person {
  accountId: string;
  email: string;
}

async function person(given: { verified?: boolean } = {}): Promise<Person> {
  const email = `person${++count}@example.com`;
  const accountId = await makeAccount(bench.db, { email, role: 'client', ...given });
  await bench.db.credential.create({ data: { accountId, passwordHash: oldHash, pinHash: 'a pin' } });
  return { accountId, email };
}

async function signedIn(accountId: string): Promise<{ sessionId: string; token: string; actor: Actor }> {
  const now = bench.clock.now();
  const token = await transact(bench.db, (tx) =>
    openSession(tx, { id: bench.deps.newId(), accountId, now, origin }),
  );
  const session = await readSession(bench.db, token, now);
  if (!session) throw new Error('no session');
  return { sessionId: session.id, token, actor: session.actor };
}

const ask = (email: string) => by(askReset, bench.deps, nobody, settings, origin, { email, puzzle: null });

/** The link's token as its addressee finds it; null where no mail was written. */
async function mailed({ accountId }: Person): Promise<string | null> {
  const job = (await jobsOf(bench.db, 'send-reset', accountId)).at(-1);
  if (!job) throw new Error('nothing was asked for');
  await sendReset(bench.deps, outside, job);
  await sendReset(bench.deps, outside, job); // any job may be delivered twice
  const message = await bench.db.message.findUnique({ where: { sendKey: `reset:${job.resetId}` } });
  return message && (/#([\w-]{43})/.exec(message.bodyText)?.[1] ?? null);
}

async function linkFor(to: Person): Promise<string> {
  expect(await ask(to.email)).toEqual({ ok: true, value: null });
  const token = await mailed(to);
  if (token === null) throw new Error('no link was mailed');
  return token;
}

const reset = (token: string, more: { newPassword?: string; code?: string } = {}) =>
  by(resetByLink, bench.deps, nobody, settings, origin, { token, newPassword, code: '', ...more });

const opensWith = async ({ accountId }: Person, password: string) => {
  const { passwordHash } = await bench.db.credential.findUniqueOrThrow({ where: { accountId } });
  return verifyPassword(passwordHash, password);
};

describe('REC-1: asking tells nothing', () => {
  it('answers alike, and enqueues alike, for known, unknown, unproven and blocked', async () => {
    const [known, unproven, blocked] = [await person(), await person({ verified: false }), await person()];
    await bench.db.account.update({
      where: { id: blocked.accountId },
      data: { blockedAt: bench.clock.now() },
    });
    const jobs = async () =>
      (
        await bench.db.$queryRaw<
          { n: bigint }[]
        >`SELECT count(*) AS n FROM pgboss.job WHERE name = 'send-reset'`
      )[0]?.n;
    for (const email of [known.email, `nobody${count}@example.com`, unproven.email, blocked.email]) {
      const before = await jobs();
      expect(await ask(email)).toEqual({ ok: true, value: null });
      expect(await jobs()).toBe((before ?? 0n) + 1n);
    }
    expect(await mailed(known)).not.toBeNull();
    expect(await jobsOf(bench.db, 'send-reset', unproven.accountId)).toEqual([]);
    expect(await jobsOf(bench.db, 'send-reset', blocked.accountId)).toEqual([]);
  });

  it('the job of an address nobody has does nothing', async () => {
    const before = await bench.db.message.count();
    await sendReset(bench.deps, outside, { resetId: bench.deps.newId(), accountId: bench.deps.newId() });
    expect(await bench.db.message.count()).toBe(before);
  });

  it('an account blocked between asking and mailing gets nothing', async () => {
    const someone = await person();
    await ask(someone.email);
    await bench.db.account.update({
      where: { id: someone.accountId },
      data: { blockedAt: bench.clock.now() },
    });
    expect(await mailed(someone)).toBeNull();
  });

  it('five links an hour reach a mailbox, whoever asks', async () => {
    const someone = await person();
    const sent: (string | null)[] = [];
    for (let round = 0; round < 7; round++) {
      await bench.deps.queue.send(bench.db, 'send-reset', {
        resetId: bench.deps.newId(),
        accountId: someone.accountId,
      });
      sent.push(await mailed(someone));
    }
    expect(sent.filter((token) => token !== null)).toHaveLength(5);
  });
});

describe('REC-2: the link', () => {
  it('rests as a hash; what is mailed is forgotten once it is sent', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    const kept = await bench.db.passwordReset.findFirstOrThrow({ where: { accountId: someone.accountId } });
    expect(Buffer.from(kept.tokenHash)).toEqual(hashToken(token));
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const where = { sendKey: `reset:${kept.id}` };
    const { id } = await bench.db.message.findUniqueOrThrow({ where });
    await sendMessage(bench.deps, outside, id);
    const message = await bench.db.message.findUniqueOrThrow({ where });
    expect(message.status).toBe('sent');
    expect(JSON.stringify(message)).not.toContain(token);
  });

  it('stays readable in the local outbox for those alone beyond whom nobody’s rights reach', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    const kept = await bench.db.passwordReset.findFirstOrThrow({ where: { accountId: someone.accountId } });
    const { id } = await bench.db.message.update({
      where: { sendKey: `reset:${kept.id}` },
      data: { status: 'kept' },
    });
    const shown = async (secrets: boolean) =>
      JSON.stringify(
        await readMessage(bench.db, { ...messageSight(staff('administrator')), secrets }, id),
      ).includes(token);
    expect(await shown(true)).toBe(true);
    expect(await shown(false)).toBe(false);
  });

  it('sets the password for one of fifty who follow it at once', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    const answers = await Promise.all(Array.from({ length: 50 }, () => reset(token)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const others = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(new Set(others)).toEqual(new Set(['link_lapsed']));
    expect(await opensWith(someone, newPassword)).toBe(true);
    expect(await jobsOf(bench.db, 'notify-account', someone.accountId)).toHaveLength(1);
  });

  it('is good for ten minutes', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    bench.clock.advanceMinutes(10);
    expect(await reset(token)).toMatchObject({ refusal: { code: 'link_lapsed' } });
    expect(await opensWith(someone, oldPassword)).toBe(true);
  });

  it('is replaced by a newer one', async () => {
    const someone = await person();
    const first = await linkFor(someone);
    bench.clock.advanceMinutes(1);
    const second = await linkFor(someone);
    expect(await reset(first)).toMatchObject({ refusal: { code: 'link_lapsed' } });
    expect(await reset(second)).toMatchObject({ ok: true });
    expect(await reset(first, { newPassword: 'and yet another long one' })).toMatchObject({ ok: false });
  });

  it('is worth nothing for a blocked account, nor guessed', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    await bench.db.account.update({
      where: { id: someone.accountId },
      data: { blockedAt: bench.clock.now() },
    });
    for (const typed of [token, '', 'x'.repeat(43), `${token}x`])
      expect(await reset(typed)).toMatchObject({ refusal: { code: 'link_lapsed' } });
    expect(await opensWith(someone, oldPassword)).toBe(true);
  });

  it('isn’t used up by a password that is refused', async () => {
    const someone = await person();
    const token = await linkFor(someone);
    for (const weak of ['short', 'passwordpassword', `${someone.email}!!`])
      expect(await reset(token, { newPassword: weak })).toMatchObject({
        refusal: { code: 'invalid_input', issues: [{ path: 'newPassword' }] },
      });
    expect(await reset(token)).toMatchObject({ ok: true });
  });
});

describe('REC-3: what follows', () => {
  it('every session ends, nobody is signed in, the PIN is gone, the trail and a mail tell', async () => {
    const someone = await person();
    const { token: session } = await signedIn(someone.accountId);
    const sessions = await bench.db.session.count();
    expect(await reset(await linkFor(someone))).toEqual({ ok: true, value: null });
    expect(await readSession(bench.db, session, bench.clock.now())).toBeNull();
    expect(await bench.db.session.count()).toBe(sessions);
    expect(
      await bench.db.credential.findUniqueOrThrow({ where: { accountId: someone.accountId } }),
    ).toMatchObject({ pinHash: null, changedAt: bench.clock.now() });
    const actions = await bench.db.auditEntry.findMany({
      where: { subjectId: someone.accountId, action: { startsWith: 'account.' } },
      orderBy: { id: 'asc' },
    });
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.ask_reset', 'account.recover']),
    );
    const [notice] = await jobsOf(bench.db, 'notify-account', someone.accountId);
    if (!notice) throw new Error('nobody was told');
    await notifyAccount(bench.deps, outside, notice);
    await notifyAccount(bench.deps, outside, notice);
    const letters = await bench.db.message.findMany({
      where: { recipient: someone.email, kind: 'password_changed' },
    });
    expect(letters).toHaveLength(1);
    expect(letters[0]?.bodyText).toContain('/forgot-password');
  });

  it('never skips the second factor: it is asked for, a wrong one leaves everything as it was', async () => {
    const someone = await person();
    const session = await signedIn(someone.accountId);
    const signed = { accountId: someone.accountId, sessionId: session.sessionId };
    const begun = await by(beginFactor, bench.deps, session.actor, signed, settings);
    if (!begun.ok) throw new Error(begun.refusal.code);
    const code = (offset: bigint) => codeAt(begun.value.seed, stepAt(bench.clock.now()) + offset);
    const confirmed = await by(confirmFactor, bench.deps, session.actor, signed, settings, code(0n));
    if (!confirmed.ok) throw new Error(confirmed.refusal.code);

    const token = await linkFor(someone);
    expect(await reset(token)).toMatchObject({ refusal: { code: 'second_factor_asked' } });
    expect(await reset(token, { code: code(7n) })).toMatchObject({
      refusal: { code: 'invalid_input', issues: [{ path: 'code' }] },
    });
    expect(await opensWith(someone, oldPassword)).toBe(true);
    expect(
      await bench.db.auditEntry.findMany({
        where: { action: 'account.sign_in_refused', subjectId: someone.accountId },
        select: { subjectId: true, detail: true },
      }),
    ).toEqual([{ subjectId: someone.accountId, detail: { at: 'second_factor' } }]);
    expect(await reset(token, { code: code(1n) })).toMatchObject({ ok: true });

    bench.clock.advanceMinutes(61);
    const again = await linkFor(someone);
    expect(await reset(again, { code: confirmed.value.recoveryCodes[0] ?? '' })).toMatchObject({ ok: true });
  });

  it('codes are not guessed here either', async () => {
    const someone = await person();
    const session = await signedIn(someone.accountId);
    const signed = { accountId: someone.accountId, sessionId: session.sessionId };
    const begun = await by(beginFactor, bench.deps, session.actor, signed, settings);
    if (!begun.ok) throw new Error(begun.refusal.code);
    const code = (offset: bigint) => codeAt(begun.value.seed, stepAt(bench.clock.now()) + offset);
    await by(confirmFactor, bench.deps, session.actor, signed, settings, code(0n));
    const token = await linkFor(someone);
    const codes: string[] = [];
    for (let round = 0; round < 8; round++) {
      const answer = await reset(token, { code: code(BigInt(10 + round)) });
      codes.push(answer.ok ? 'ok' : answer.refusal.code);
    }
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('invalid_input'));
    expect(codes.at(-1)).toBe('wait');
  });

  it('strangers who guess at an account keep nobody from a new password on their own device', async () => {
    const someone = await person();
    const session = await signedIn(someone.accountId);
    const signed = { accountId: someone.accountId, sessionId: session.sessionId };
    const begun = await by(beginFactor, bench.deps, session.actor, signed, settings);
    if (!begun.ok) throw new Error(begun.refusal.code);
    const code = codeAt(begun.value.seed, stepAt(bench.clock.now()));
    await by(confirmFactor, bench.deps, session.actor, signed, settings, code);
    const device = await transact(bench.db, (tx) =>
      rememberDevice(tx, bench.deps, someone.accountId, { userAgent: 'their phone' }),
    );
    const stranger = { door: 'sign_in', email: someone.email, ipAddress: null } as const;
    await countAttempt(bench.deps, settings, stranger);
    await bench.db.attemptCounter.updateMany({
      where: { key: { startsWith: 'any total' } },
      data: { count: 100, lastAt: bench.clock.now() },
    });
    bench.clock.advanceMinutes(1);
    const token = await linkFor(someone);
    const typed = { code: codeAt(begun.value.seed, stepAt(bench.clock.now())) };
    expect(await reset(token, typed)).toMatchObject({ refusal: { code: 'wait' } });
    const own = { ...origin, deviceToken: device.token };
    expect(
      await by(resetByLink, bench.deps, nobody, settings, own, { token, newPassword, ...typed }),
    ).toMatchObject({ ok: true });
  });
});
