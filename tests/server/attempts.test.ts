/** Guessing at the sign-in, without its form: what is looked at, what waits, what a stranger can't do to an owner. */
import { beforeAll, beforeEach, afterAll, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/migrate.ts';
import type { Actor } from '../../src/domain/access/actor.ts';
import { shippedRoles } from '../../src/domain/access/actor.ts';
import { listBlocks, releaseBlock } from '../../src/server/access/blocks.ts';
import { makePuzzle } from '../../src/server/access/captcha.ts';
import { signIn } from '../../src/server/access/commands.ts';
import { hashingSpent, hashPassword } from '../../src/server/access/passwords.ts';
import { notifySignIn } from '../../src/server/notifications/account-letters.ts';
import { openMailer } from '../../src/server/ports/mail.ts';
import { jobSchemas } from '../../src/server/queue.ts';
import { actingAs } from '../../src/server/db.ts';
import { isUnavailable } from '../../src/server/unavailable.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { makeHouse } from '../support/house.ts';
import { type Bench, doorSettings, makeAccount, makeRoles, openBench, staff } from '../support/people.ts';
import { solved } from '../support/puzzles.ts';

const database = fileDatabase();
const outside = {
  mailer: openMailer({ MAIL_FROM: 'Clinic <clinic@example.com>' }),
  appUrl: 'https://clinic.example',
  mailFrom: 'Clinic <clinic@example.com>',
};
const password = 'a quiet morning';
const email = 'ana@example.com';
let bench: Bench;
let accountId: string;
let passwordHash: string;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
  passwordHash = await hashPassword(password);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await emptyTables(database().ownerUrl, [
    'attempt_counter',
    'used_challenge',
    'device',
    'account',
    'message',
    'audit_entry',
    'audit_unsealed',
  ]);
  accountId = await makeAccount(bench.db, { email, role: 'client' });
  await bench.db.credential.create({ data: { accountId, passwordHash } });
});

interface Try {
  email?: string;
  password?: string;
  network?: string | null;
  deviceToken?: string | null;
  puzzle?: string;
}
const attempt = ({ network = '203.0.113.7', deviceToken = null, ...typed }: Try = {}) =>
  signIn(
    bench.deps,
    doorSettings,
    { userAgent: 'tests', ipAddress: network, deviceToken },
    { email, password: 'a loud evening', ...typed },
  );
/** As hard as any to forge, and solved at once. */
const puzzle = async () => solved(await makePuzzle(doorSettings.masterKey, bench.deps.now(), 3));
const code = async (typed?: Try) => {
  const result = await attempt(typed);
  return result.ok ? 'in' : result.refusal.code;
};
const codes = async (count: number, typed?: Try) => {
  const told: string[] = [];
  for (let index = 0; index < count; index++) told.push(await code(typed));
  return told;
};
const enter = async (typed: Try = {}) => {
  const result = await attempt({ password, ...typed });
  if (!result.ok) throw new Error(`not let in: ${result.refusal.code}`);
  return result.value;
};

const administrator = (): Actor => ({
  ...staff('administrator'),
  rights: new Set(shippedRoles.administrator),
});

describe('guesses at one account', () => {
  test('three are looked at, then each costs a puzzle, then each waits twice as long', async () => {
    expect(await codes(4)).toEqual([...Array(3).fill('wrong_credentials'), 'captcha_needed']);
    expect(await code({ puzzle: await puzzle() })).toBe('wrong_credentials');
    expect(await code({ puzzle: await puzzle() })).toBe('wrong_credentials');
    const ready = await puzzle();
    expect(await attempt({ puzzle: ready })).toEqual({ ok: false, refusal: { code: 'wait', seconds: 1 } });
    bench.clock.advanceMinutes(1 / 60);
    // What had to wait has not used up its puzzle.
    expect(await code({ puzzle: ready })).toBe('wrong_credentials');
    expect(await attempt({ puzzle: ready })).toEqual({ ok: false, refusal: { code: 'wait', seconds: 2 } });
  });

  test('an address nobody has is answered like one that somebody has', async () => {
    const strange = { email: 'nobody@example.com' };
    for (let index = 0; index < 4; index++) expect(await code(strange)).toBe(await code());
    const puzzles = [await puzzle(), await puzzle(), await puzzle(), await puzzle()];
    for (const [mine, theirs] of [puzzles.slice(0, 2), puzzles.slice(2)])
      expect(await attempt({ ...strange, puzzle: mine ?? '' })).toEqual(
        await attempt({ puzzle: theirs ?? '' }),
      );
    expect(await attempt({ ...strange })).toEqual(await attempt());
  });

  test('a puzzle counts once, for ten minutes, and only one of ours', async () => {
    await codes(3);
    const once = await puzzle();
    expect(await code({ puzzle: once })).toBe('wrong_credentials');
    expect(await code({ puzzle: once })).toBe('captcha_needed');
    const stale = await puzzle();
    bench.clock.advanceMinutes(11);
    expect(await code({ puzzle: stale })).toBe('captcha_needed');
    const foreign = await solved(
      await makePuzzle('another installation, another secret', bench.deps.now(), 3),
    );
    expect(await code({ puzzle: foreign })).toBe('captcha_needed');
    const made = JSON.parse(Buffer.from(await puzzle(), 'base64').toString());
    made.solution.derivedKey = `00${made.solution.derivedKey.slice(2)}`;
    expect(await code({ puzzle: Buffer.from(JSON.stringify(made)).toString('base64') })).toBe(
      'captcha_needed',
    );
    for (const junk of ['%', 'bm8=', Buffer.from('{}').toString('base64')])
      expect(await code({ puzzle: junk })).toBe('captcha_needed');
    // Of thirty with the same puzzle at once, one is looked at.
    bench.clock.advanceMinutes(20);
    const fresh = await puzzle();
    const told = await Promise.all(Array.from({ length: 30 }, () => code({ puzzle: fresh })));
    expect(told.filter((each) => each === 'wrong_credentials')).toHaveLength(1);
  });

  test('of thirty at once as many are looked at as of thirty one after the other', async () => {
    const before = hashingSpent().verified;
    const told = await Promise.all(Array.from({ length: 30 }, () => code()));
    expect(told.filter((each) => each === 'wrong_credentials')).toHaveLength(3);
    expect(hashingSpent().verified - before).toBe(3);
  });

  test('where it can’t be written down, nothing is looked at', async () => {
    const before = hashingSpent();
    await withClient(database().ownerUrl, async (owner) => {
      await owner.query('BEGIN; LOCK TABLE attempt_counter IN ACCESS EXCLUSIVE MODE');
      const failure = await attempt({ password }).catch((error: unknown) => error);
      expect(isUnavailable(failure)).toBe(true);
      await owner.query('ROLLBACK');
    });
    expect(hashingSpent()).toEqual(before);
    expect(await code({ password })).toBe('in');
  });
});

describe('the owner', () => {
  test('signs in on a known device, whatever strangers do', async () => {
    const { deviceToken } = await enter();
    expect(deviceToken).not.toBeNull();
    for (let index = 0; index < 30; index++) {
      await code({ network: `198.51.100.${index}` });
      bench.clock.advanceMinutes(16);
    }
    expect(await code({ password })).toBe('captcha_needed');
    expect(await code({ password, deviceToken, network: '198.51.100.1' })).toBe('in');
    // Their own mistakes there are counted by themselves, and forgiven as they get in.
    expect(await codes(3, { deviceToken })).toEqual(Array(3).fill('wrong_credentials'));
    expect(await code({ password, deviceToken, puzzle: await puzzle() })).toBe('in');
    expect(await codes(3, { deviceToken })).toEqual(Array(3).fill('wrong_credentials'));
  });

  test('a copy of the known device’s cookie is worth a hundred guesses a day, however often its owner gets in', async () => {
    const { deviceToken } = await enter();
    const guess = async () => [...(await codes(2, { deviceToken })), await code({ password, deviceToken })];
    expect(await guess()).toEqual(['wrong_credentials', 'wrong_credentials', 'in']);
    expect(await guess()).toEqual(['wrong_credentials', 'wrong_credentials', 'in']);
    const about = { where: { key: { startsWith: 'any wrong ' } } };
    expect(await bench.db.attemptCounter.findMany({ ...about, select: { count: true } })).toEqual([
      { count: 4 },
    ]);
    await bench.db.attemptCounter.updateMany({ ...about, data: { count: 99 } });
    expect(await guess()).toEqual(['wrong_credentials', 'wait', 'wait']);
    // Wherever else they are known their owner gets in, and at once here where an administrator says so.
    expect(await code({ password, puzzle: await puzzle() })).toBe('in');
    const [block] = await listBlocks(actingAs(bench.db, administrator()), bench.deps.now());
    const key = block?.key ?? '';
    expect(await by(releaseBlock, bench.deps, administrator(), { key })).toMatchObject({ ok: true });
    expect(await code({ password, deviceToken })).toBe('in');
  });

  test('a device somebody else is known on, one that was forgotten, and a cookie nobody gave out are strangers', async () => {
    const other = await makeAccount(bench.db, { email: 'boris@example.com', role: 'client' });
    await bench.db.credential.create({ data: { accountId: other, passwordHash } });
    const borrowed = (await enter({ email: 'boris@example.com' })).deviceToken;
    await codes(3);
    expect(await code({ password, deviceToken: borrowed })).toBe('captcha_needed');
    expect(await code({ password, deviceToken: 'made up' })).toBe('captcha_needed');
    const own = (await enter({ puzzle: await puzzle() })).deviceToken;
    expect(await code({ password, deviceToken: own })).toBe('in');
    await codes(3);
    await bench.db.deviceAccount.updateMany({ data: { forgottenAt: bench.deps.now() } });
    expect(await code({ password, deviceToken: own })).toBe('captcha_needed');
  });

  test('somebody new on a shared device gets it a new cookie; the old one opens nothing more easily', async () => {
    const other = await makeAccount(bench.db, { email: 'boris@example.com', role: 'client' });
    await bench.db.credential.create({ data: { accountId: other, passwordHash } });
    const first = (await enter()).deviceToken;
    const second = (await enter({ email: 'boris@example.com', deviceToken: first })).deviceToken;
    expect(second).not.toBeNull();
    expect(await bench.db.device.count()).toBe(1);
    expect((await enter({ deviceToken: second })).deviceToken).toBeNull();
    await codes(3);
    expect(await code({ password, deviceToken: first })).toBe('captcha_needed');
  });

  test('is forgiven what came from the same network, and not what strangers tried elsewhere', async () => {
    await codes(2);
    await code({ network: '198.51.100.1' });
    await enter({ puzzle: await puzzle() });
    const left = await bench.db.attemptCounter.findMany({ orderBy: { key: 'asc' } });
    expect(left.filter(({ subjectKind }) => subjectKind === 'account').map(({ count }) => count)).toEqual([
      1, 1,
    ]);
    expect(left.filter(({ network }) => network === '203.0.113.7').map(({ count }) => count)).toEqual([0]);
  });

  test('is told of a device they weren’t known on, but for the first', async () => {
    const waiting = () =>
      withClient(database().ownerUrl, async (owner) => {
        const jobs = await owner.query(`SELECT data FROM pgboss.job WHERE name = 'notify-sign-in'`);
        return jobs.rows.map(({ data }) => jobSchemas['notify-sign-in'].parse(data));
      });
    const { deviceToken } = await enter();
    await enter({ deviceToken });
    expect(await waiting()).toEqual([]);
    await enter();
    const [job, ...others] = await waiting();
    if (!job) throw new Error('nobody is told');
    expect(others).toEqual([]);
    // Run twice it is written once.
    for (let run = 0; run < 2; run++) await notifySignIn(bench.deps, outside, job);
    const letters = await bench.db.message.findMany({ where: { kind: 'new_device' } });
    expect(letters).toMatchObject([
      { recipient: email, subject: 'Somebody signed in on a new device', status: 'due' },
    ]);
    expect(letters[0]?.bodyText).toContain('https://clinic.example/forgot-password');
    expect(letters[0]?.bodyText).not.toContain('203.0.113.7');
  });
});

describe('one network', () => {
  test('trying many accounts gets thirty of them looked at, known or not', async () => {
    const before = await bench.db.attemptCounter.count();
    let looked = 0;
    for (let index = 0; index < 45; index++) {
      const told = await code({ email: `p${index}@example.com`, puzzle: index < 10 ? '' : await puzzle() });
      looked += told === 'wrong_credentials' ? 1 : 0;
    }
    expect(looked).toBe(30);
    // What is refused writes nothing.
    expect((await bench.db.attemptCounter.count()) - before).toBe(1 + 30 * 3);
    expect(await code({ email: 'p99@example.com', network: '198.51.100.9' })).toBe('wrong_credentials');
  });

  test('an IPv6 household is one network, however many addresses it has', async () => {
    for (let index = 0; index < 10; index++)
      await code({ email: `p${index}@example.com`, network: `2001:db8:1:2::${index + 1}` });
    expect(await code({ email: 'p99@example.com', network: '2001:db8:1:2:ffff::1' })).toBe('captcha_needed');
    expect(await code({ email: 'p99@example.com', network: '2001:db8:1:3::1' })).toBe('wrong_credentials');
  });

  test('that nobody knows is everybody’s: it asks for puzzles, and stops nobody', async () => {
    const key = 'sign_in network unknown';
    await code({ network: null });
    await bench.db.attemptCounter.update({ where: { key }, data: { count: 5_000 } });
    expect(await code({ email: 'p1@example.com', network: null })).toBe('captcha_needed');
    expect(await code({ password, network: null, puzzle: await puzzle() })).toBe('in');
  });
});

describe('what is held back', () => {
  test('is shown with whose it is, until when, and released by who may', async () => {
    await codes(1);
    await bench.db.attemptCounter.updateMany({
      where: { key: { startsWith: 'any total' } },
      data: { count: 100 },
    });
    expect(await attempt({ password })).toEqual({ ok: false, refusal: { code: 'wait', seconds: 86_400 } });
    bench.clock.advanceMinutes(2);
    await attempt();
    const blocks = await listBlocks(actingAs(bench.db, administrator()), bench.deps.now());
    expect(blocks).toMatchObject([
      {
        kind: 'account',
        door: 'any',
        isStopped: true,
        count: 100,
        account: { id: accountId, email },
        network: null,
      },
    ]);
    expect(await listBlocks(actingAs(bench.db, staff('specialist')), bench.deps.now())).toEqual([]);
    const { key = '' } = blocks[0] ?? {};
    expect(await by(releaseBlock, bench.deps, staff('receptionist'), { key })).toMatchObject({ ok: false });
    expect(await by(releaseBlock, bench.deps, administrator(), { key })).toEqual({ ok: true, value: null });
    expect(await by(releaseBlock, bench.deps, administrator(), { key })).toMatchObject({
      refusal: { code: 'not_found' },
    });
    expect(await code({ password })).toBe('in');
    expect(await bench.db.auditEntry.findFirst({ where: { action: 'block.release' } })).toMatchObject({
      subjectId: accountId,
      actorKind: 'staff',
      detail: { count: 100 },
    });
  });
});

test('the trail has who got in and whose door was tried, and nothing of addresses nobody has', async () => {
  const last = Number((await bench.db.auditEntry.findFirst({ orderBy: { id: 'desc' } }))?.id ?? 0);
  await code();
  await code({ email: 'nobody@example.com' });
  await enter();
  const noted = await bench.db.auditEntry.findMany({
    where: { id: { gt: last }, action: { startsWith: 'account.sign_in' } },
    orderBy: { id: 'asc' },
  });
  expect(noted).toMatchObject([
    {
      action: 'account.sign_in_refused',
      subjectId: accountId,
      actorKind: 'nobody',
      actorId: null,
      detail: null,
    },
    {
      action: 'account.sign_in',
      subjectId: accountId,
      actorKind: 'client',
      actorId: accountId,
      detail: { openedBy: 'password', newDevice: true },
    },
  ]);
});

test('five hundred at once: some are looked at, the rest is told at once to come again', async () => {
  const told = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      code({ email: `p${index}@example.com`, network: `10.1.${index >> 8}.${index & 255}` }).catch(
        (error: unknown) => (isUnavailable(error) ? 'busy' : 'fault'),
      ),
    ),
  );
  const count = (word: string) => told.filter((each) => each === word).length;
  expect(count('wrong_credentials') + count('busy')).toBe(500);
  expect(count('wrong_credentials')).toBeGreaterThanOrEqual(40);
  expect(hashingSpent().mostWaiting).toBeLessThanOrEqual(100);
});
