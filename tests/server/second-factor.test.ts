import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { recoveryCodeCount } from '../../src/domain/account.ts';
import {
  beginFactor,
  confirmFactor,
  renewRecoveryCodes,
  switchOffFactor,
} from '../../src/server/access/factor-setup.ts';
import { hashPassword } from '../../src/server/access/passwords.ts';
import { hasSecondFactor, spendSecondFactor } from '../../src/server/access/second-factor.ts';
import { openSession, readSession } from '../../src/server/access/sessions.ts';
import { prove } from '../../src/server/access/step-up.ts';
import { base32, codeAt, otpauthUri, stepAt, stepsMatching } from '../../src/server/access/totp.ts';
import { transact } from '../../src/server/db.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { makeHouse } from '../support/house.ts';
import { jobsOf } from '../support/jobs.ts';
import { type Bench, makeAccount, makeRoles, openBench, origin } from '../support/people.ts';

const database = fileDatabase(20);
const settings = { masterKey: 'only for tests, thrown away after' };
const password = 'a quiet morning';
let passwordHash = '';
let bench: Bench;
let count = 0;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  passwordHash = await hashPassword(password);
});
afterAll(() => bench.stop());
beforeEach(() => bench.clock.advanceMinutes(61));

interface Somebody {
  accountId: string;
  sessionId: string;
  token: string;
  actor: Actor;
}

async function somebody(role: 'client' | 'receptionist' = 'client'): Promise<Somebody> {
  const accountId = await makeAccount(bench.db, { email: `person${++count}@example.com`, role });
  await bench.db.credential.create({ data: { accountId, passwordHash } });
  return signIn(accountId);
}

async function signIn(accountId: string): Promise<Somebody> {
  const now = bench.clock.now();
  const token = await transact(bench.db, (tx) =>
    openSession(tx, { id: bench.deps.newId(), accountId, now, origin }),
  );
  const session = await readSession(bench.db, token, now);
  if (!session) throw new Error('no session');
  return { accountId, sessionId: session.id, token, actor: session.actor };
}

const codeNow = (seed: string, offset = 0n) => codeAt(seed, stepAt(bench.clock.now()) + offset);

async function begun(person: Somebody): Promise<string> {
  const answer = await by(beginFactor, bench.deps, person.actor, person, settings);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.seed;
}

async function equipped(person: Somebody): Promise<{ seed: string; codes: string[] }> {
  const seed = await begun(person);
  const answer = await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(seed));
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { seed, codes: answer.value.recoveryCodes };
}

const spend = (accountId: string, code: string) =>
  transact(bench.db, (tx) => spendSecondFactor(tx, { ...settings, now: bench.clock.now() }, accountId, code));
const has = (accountId: string) => transact(bench.db, (tx) => hasSecondFactor(tx, accountId));

describe('FAC-1: codes are those of RFC 6238', () => {
  // Appendix B, the SHA-1 column, whose codes have eight digits: ours are their last six.
  const seed = base32(Buffer.from('12345678901234567890'));
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d seconds: %s', (seconds, code) => {
    const at = new Date(seconds * 1000);
    expect(codeAt(seed, stepAt(at))).toBe(code);
    expect(stepsMatching(seed, code, at)).toContain(stepAt(at));
  });

  it('one step before and after is taken, two are not', () => {
    const at = new Date('2026-06-01T08:00:10Z');
    for (const offset of [-1n, 0n, 1n])
      expect(stepsMatching(seed, codeAt(seed, stepAt(at) + offset), at)).toEqual([stepAt(at) + offset]);
    for (const offset of [-2n, 2n])
      expect(stepsMatching(seed, codeAt(seed, stepAt(at) + offset), at)).toEqual([]);
    for (const wrong of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
      expect(stepsMatching(seed, wrong, at)).toEqual([]);
  });

  it('writes seeds as RFC 4648 does, and addresses as apps read them', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(otpauthUri({ seed: 'ABC', issuer: 'Praxis Ä', accountName: 'a@b.de' })).toBe(
      'otpauth://totp/Praxis%20%C3%84:a%40b.de?secret=ABC&issuer=Praxis%20%C3%84&algorithm=SHA1&digits=6&period=30',
    );
  });
});

describe('FAC-2: setting up', () => {
  it('counts from the moment a code was shown, not before', async () => {
    const person = await somebody();
    const seed = await begun(person);
    expect(await has(person.accountId)).toBe(false);
    expect(await spend(person.accountId, codeNow(seed))).toBe(false);
    expect(
      await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(seed, 5n)),
    ).toMatchObject({ refusal: { code: 'invalid_input', issues: [{ path: 'code' }] } });
    expect(await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(seed))).toMatchObject({
      ok: true,
    });
    expect(await has(person.accountId)).toBe(true);
  });

  it('the code that confirmed it signs nobody in', async () => {
    const person = await somebody();
    const { seed } = await equipped(person);
    expect(await spend(person.accountId, codeNow(seed))).toBe(false);
    expect(await spend(person.accountId, codeNow(seed, 1n))).toBe(true);
  });

  it('begun anew, the seed before is worthless; confirmed, it is not overwritten', async () => {
    const person = await somebody();
    const first = await begun(person);
    const second = await begun(person);
    expect(await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(first))).toMatchObject(
      {
        ok: false,
      },
    );
    expect(
      await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(second)),
    ).toMatchObject({ ok: true });
    for (const again of [
      await by(beginFactor, bench.deps, person.actor, person, settings),
      await by(confirmFactor, bench.deps, person.actor, person, settings, codeNow(second, 1n)),
    ])
      expect(again).toMatchObject({ refusal: { code: 'stale' } });
  });

  it('keeps the seed sealed, and recovery codes as hashes that mean nothing without the key', async () => {
    const person = await somebody();
    const { seed, codes } = await equipped(person);
    const { seedSealed } = await bench.db.secondFactor.findUniqueOrThrow({
      where: { accountId: person.accountId },
    });
    expect(Buffer.from(seedSealed).includes(seed)).toBe(false);
    const kept = await bench.db.recoveryCode.findMany({ where: { accountId: person.accountId } });
    expect(kept).toHaveLength(recoveryCodeCount);
    const hashes = kept.map(({ codeHash }) => Buffer.from(codeHash).toString('hex'));
    for (const code of codes) {
      expect(code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
      expect(hashes).not.toContain(createHash('sha256').update(code).digest('hex'));
    }
  });

  it('moved to another account a sealed seed opens nothing', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { seed } = await equipped(one);
    await equipped(other);
    const { seedSealed } = await bench.db.secondFactor.findUniqueOrThrow({
      where: { accountId: one.accountId },
    });
    await bench.db.secondFactor.update({ where: { accountId: other.accountId }, data: { seedSealed } });
    expect(await spend(other.accountId, codeNow(seed, 1n))).toBe(false);
  });

  it('ends every other session, and tells the owner', async () => {
    const person = await somebody();
    const elsewhere = await signIn(person.accountId);
    await equipped(person);
    expect(await readSession(bench.db, elsewhere.token, bench.clock.now())).toBeNull();
    expect(await readSession(bench.db, person.token, bench.clock.now())).toMatchObject({
      openedBy: 'second_factor',
    });
    expect(await jobsOf(bench.db, 'notify-account', person.accountId)).toMatchObject([
      { kind: 'second_factor_on' },
    ]);
  });
});

describe('FAC-3: what is shown is spent', () => {
  it('one of fifty who show a code at once gets in, and nobody with an older one', async () => {
    const person = await somebody();
    const { seed } = await equipped(person);
    bench.clock.advanceMinutes(5);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => spend(person.accountId, codeNow(seed))),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await spend(person.accountId, codeNow(seed, -1n))).toBe(false);
    expect(await spend(person.accountId, codeNow(seed, 1n))).toBe(true);
  });

  it('a recovery code is good once under fifty tries, however it is typed, and the trail says so', async () => {
    const person = await somebody();
    const { codes } = await equipped(person);
    const [code = ''] = codes;
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    const answers = await Promise.all(Array.from({ length: 50 }, () => spend(person.accountId, typed)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(
      await bench.db.auditEntry.count({
        where: { subjectId: person.accountId, action: 'account.recovery_code_used' },
      }),
    ).toBe(1);
  });

  it('new codes replace the old ones', async () => {
    const person = await somebody();
    const { codes } = await equipped(person);
    const renewed = await by(renewRecoveryCodes, bench.deps, person.actor, person, settings);
    if (!renewed.ok) throw new Error(renewed.refusal.code);
    expect(await spend(person.accountId, codes[0] ?? '')).toBe(false);
    expect(await spend(person.accountId, renewed.value.recoveryCodes[9] ?? '')).toBe(true);
  });

  it('somebody else’s code opens nothing', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { seed, codes } = await equipped(one);
    await equipped(other);
    expect(await spend(other.accountId, codeNow(seed, 1n))).toBe(false);
    expect(await spend(other.accountId, codes[0] ?? '')).toBe(false);
  });
});

describe('FAC-4: switching off', () => {
  it('asks for the password, and takes factor and codes away', async () => {
    const person = await somebody();
    const { codes } = await equipped(person);
    expect(await by(switchOffFactor, bench.deps, person.actor, person, 'a loud evening')).toMatchObject({
      refusal: { issues: [{ path: 'password', code: 'password_wrong' }] },
    });
    expect(await by(switchOffFactor, bench.deps, person.actor, person, password)).toMatchObject({ ok: true });
    expect(await has(person.accountId)).toBe(false);
    expect(await spend(person.accountId, codes[0] ?? '')).toBe(false);
  });

  it('is refused while the password is too short to stand alone', async () => {
    const person = await somebody();
    await equipped(person);
    await bench.db.credential.update({
      where: { accountId: person.accountId },
      data: { passwordHash: await hashPassword('k7fqz2mw') },
    });
    expect(await by(switchOffFactor, bench.deps, person.actor, person, 'k7fqz2mw')).toMatchObject({
      refusal: { issues: [{ path: 'password', code: 'password_short' }] },
    });
    expect(await has(person.accountId)).toBe(true);
  });
});

describe('STEP-1: a fresh proof', () => {
  const tryProof = (person: Somebody, typed: { password: string; code?: string }) =>
    by(prove, bench.deps, person.actor, person, settings, origin, { code: '', ...typed });
  const provenAt = async (person: Somebody) =>
    (await bench.db.session.findUniqueOrThrow({ where: { id: person.sessionId } })).provenAt;

  it('is the password, where that is all there is', async () => {
    const person = await somebody();
    const before = await provenAt(person);
    bench.clock.advanceMinutes(30);
    expect(await tryProof(person, { password: 'a loud evening' })).toMatchObject({
      refusal: { issues: [{ path: 'password', code: 'password_wrong' }] },
    });
    expect(await provenAt(person)).toEqual(before);
    expect(await tryProof(person, { password })).toMatchObject({ ok: true });
    expect(await provenAt(person)).toEqual(bench.clock.now());
  });

  it('wants the second factor too where there is one, once the password is right', async () => {
    const person = await somebody();
    const { seed } = await equipped(person);
    const before = await provenAt(person);
    bench.clock.advanceMinutes(30);
    expect(await tryProof(person, { password: 'a loud evening', code: codeNow(seed) })).toMatchObject({
      refusal: { issues: [{ path: 'password' }] },
    });
    expect(await tryProof(person, { password })).toMatchObject({ refusal: { code: 'second_factor_asked' } });
    expect(await tryProof(person, { password, code: codeNow(seed, 9n) })).toMatchObject({
      refusal: { issues: [{ path: 'code' }] },
    });
    expect(await provenAt(person)).toEqual(before);
    expect(await tryProof(person, { password, code: codeNow(seed) })).toMatchObject({ ok: true });
    expect(await provenAt(person)).toEqual(bench.clock.now());
  });

  it('guesses at it are counted: after some of them nothing is looked at, not even the right one', async () => {
    const person = await somebody();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => tryProof(person, { password: 'a loud evening' })),
    );
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code));
    expect(codes.filter((code) => code === 'invalid_input').length).toBeLessThan(10);
    expect(codes).toContain('wait');
    expect(await tryProof(person, { password })).toMatchObject({ refusal: { code: 'wait' } });
  });

  it('is of no use to a session that has ended meanwhile', async () => {
    const person = await somebody();
    await bench.db.session.update({
      where: { id: person.sessionId },
      data: { revokedAt: bench.clock.now() },
    });
    expect(await tryProof(person, { password })).toMatchObject({ refusal: { code: 'not_signed_in' } });
  });
});
