import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { registerInput } from '../../src/domain/account.ts';
import { signIn } from '../../src/server/access/commands.ts';
import { correctEmail, proveEmail, register, resendCode } from '../../src/server/access/register.ts';
import { readSession } from '../../src/server/access/sessions.ts';
import { sendProofCode } from '../../src/server/notifications/compose.ts';
import { fileDatabase } from '../support/database.ts';
import { house, makeHouse } from '../support/house.ts';
import {
  doorSettings,
  type Bench,
  makeAccount,
  makeAppointment,
  makeCard,
  makeRoles,
  nobody,
  openBench,
  origin,
} from '../support/people.ts';
import { by } from '../support/by.ts';

const database = fileDatabase(20);
let bench: Bench;
let count = 0;

beforeAll(async () => {
  bench = await openBench(database());
  await makeHouse(bench.db, { hours: false });
  await makeRoles(bench.db);
});
afterAll(() => bench.stop());
beforeEach(() => bench.clock.advanceMinutes(61));

const freshEmail = () => `person${++count}@example.com`;
const input = (email: string) =>
  registerInput.parse({
    firstName: ' Ana ',
    lastName: 'Reis',
    email,
    phone: '+49 30 1234567',
    password: 'a quiet morning',
    locale: 'en',
  });

async function registered(email: string) {
  const answer = await by(register, bench.deps, nobody, origin, input(email));
  if (!answer.ok) throw new Error(answer.refusal.code);
  return sessionOf(answer.value.token);
}

async function sessionOf(token: string) {
  const session = await readSession(bench.db, token, bench.clock.now());
  if (!session || session.actor.kind !== 'client') throw new Error('no session of a client');
  return {
    token,
    accountId: session.accountId,
    sessionId: session.id,
    actor: session.actor as Actor,
    clientId: session.actor.clientId ?? '',
  };
}
type Signed = Awaited<ReturnType<typeof registered>>;

/** The code as its addressee reads it. */
async function codeOf(accountId: string): Promise<string> {
  const proof = await bench.db.contactProof.findFirstOrThrow({
    where: { accountId },
    orderBy: { createdAt: 'desc' },
  });
  await sendProofCode(bench.deps, proof.id);
  const message = await bench.db.message.findUniqueOrThrow({ where: { sendKey: `proof:${proof.id}` } });
  return /\b\d{6}\b/.exec(message.bodyText)?.[0] ?? '';
}

const prove = (signed: Signed, code: string) =>
  by(proveEmail, bench.deps, signed.actor, signed, origin, { code });
const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');

describe('ACC-1: registering tells nothing', () => {
  it('answers alike, and writes alike, for a known and an unknown address', async () => {
    const known = freshEmail();
    await makeCard(bench.db, {
      email: known,
      accountId: await makeAccount(bench.db, { email: known, role: 'client' }),
    });
    const counts = async () => [
      await bench.db.account.count(),
      await bench.db.client.count(),
      await bench.db.session.count(),
      await bench.db.contactProof.count(),
      await bench.db.device.count(),
    ];
    const differences: number[][] = [];
    const bodies: unknown[] = [];
    for (const email of [known, freshEmail()]) {
      const before = await counts();
      const answer = await by(register, bench.deps, nobody, origin, input(email));
      bodies.push(
        JSON.parse(
          JSON.stringify(answer, (key, value: unknown) => (/token$/i.test(key) ? typeof value : value)),
        ),
      );
      differences.push((await counts()).map((each, index) => each - (before[index] ?? 0)));
    }
    expect(bodies[0]).toEqual({ ok: true, value: { token: 'string', deviceToken: 'string' } });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(differences).toEqual([
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
    ]);
  });

  it('gives a session at once, with a card that holds nothing but what was typed', async () => {
    const email = freshEmail();
    const cardId = await makeCard(bench.db, { email, firstName: 'Anna-Lena', phone: '+49111' });
    const signed = await registered(email);
    expect(signed.clientId).not.toBe(cardId);
    const own = await bench.db.client.findUniqueOrThrow({ where: { id: signed.clientId } });
    expect(own).toMatchObject({
      firstName: 'Ana',
      lastName: 'Reis',
      email,
      phone: '+49301234567',
      accountId: signed.accountId,
    });
    const known = await bench.db.client.findUniqueOrThrow({ where: { id: cardId } });
    expect(known).toMatchObject({
      accountId: null,
      firstName: 'Anna-Lena',
      phone: '+49111',
      mergedIntoId: null,
    });
  });

  it('is refused to somebody who is signed in', async () => {
    const signed = await registered(freshEmail());
    expect(await by(register, bench.deps, signed.actor, origin, input(freshEmail()))).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
  });

  it('sends an address at most five codes an hour, whoever asks, and answers as ever', async () => {
    const email = freshEmail();
    for (let round = 0; round < 8; round++) await registered(email);
    expect(await bench.db.contactProof.count({ where: { address: email } })).toBe(5);
  });

  it('lets the new account sign in with its own password while nobody has proven the address', async () => {
    const email = freshEmail();
    await registered(email);
    expect(
      await signIn(bench.deps, doorSettings, origin, { email, password: 'a quiet morning' }),
    ).toMatchObject({
      ok: true,
    });
    expect(
      await signIn(bench.deps, doorSettings, origin, { email, password: 'a loud evening' }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'wrong_credentials' },
    });
  });
});

describe('ACC-2: proving an address', () => {
  it('joins the one card that carries the address, with its visits, and renews the session', async () => {
    const email = freshEmail();
    const cardId = await makeCard(bench.db, { email, firstName: 'Anna-Lena', phone: '+49111' });
    const old = await makeAppointment(bench.db, { clientId: cardId, startsAt: '2026-02-02T09:00:00Z' });
    const signed = await registered(email);
    const booked = await makeAppointment(bench.db, { clientId: signed.clientId });
    const answer = await prove(signed, await codeOf(signed.accountId));
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.outcome).toBe('verified');
    const card = await bench.db.client.findUniqueOrThrow({
      where: { id: cardId },
      include: { appointments: true },
    });
    expect(card).toMatchObject({ accountId: signed.accountId, firstName: 'Anna-Lena', phone: '+49111' });
    expect(card.appointments.map(({ id }) => id).sort()).toEqual([old, booked].sort());
    expect(await bench.db.client.findUniqueOrThrow({ where: { id: signed.clientId } })).toMatchObject({
      mergedIntoId: cardId,
      accountId: null,
    });
    expect(await readSession(bench.db, signed.token, bench.clock.now())).toBeNull();
    expect((await sessionOf(answer.value.token)).clientId).toBe(cardId);
  });

  it('leaves several cards with the address to staff, with an entry in the trail', async () => {
    const email = freshEmail();
    const cards = [
      await makeCard(bench.db, { email }),
      await makeCard(bench.db, { email, firstName: 'Mia' }),
    ];
    const signed = await registered(email);
    const answer = await prove(signed, await codeOf(signed.accountId));
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'verified' } });
    expect(await bench.db.client.count({ where: { id: { in: cards }, accountId: null } })).toBe(2);
    expect(
      await bench.db.auditEntry.findFirst({
        where: { subjectId: signed.clientId, action: { startsWith: 'client.link' } },
      }),
    ).toMatchObject({
      action: 'client.link_ambiguous',
    });
  });

  it('does not join a card by a phone that was only typed', async () => {
    const cardId = await makeCard(bench.db, { phone: '+49301234567' });
    const signed = await registered(freshEmail());
    await prove(signed, await codeOf(signed.accountId));
    expect(await bench.db.client.findUniqueOrThrow({ where: { id: cardId } })).toMatchObject({
      accountId: null,
    });
  });

  it('moves the visits to the account that owns the address, closes the new one and signs in there', async () => {
    const email = freshEmail();
    const ownerId = await makeAccount(bench.db, { email, role: 'client' });
    const cardId = await makeCard(bench.db, { email, accountId: ownerId });
    const signed = await registered(email);
    const booked = await makeAppointment(bench.db, { clientId: signed.clientId });
    const other = await by(register, bench.deps, nobody, origin, input(freshEmail()));
    const answer = await prove(signed, await codeOf(signed.accountId));
    if (!answer.ok || !other.ok) throw new Error('refused');
    expect(answer.value.outcome).toBe('joined');
    expect(await sessionOf(answer.value.token)).toMatchObject({ accountId: ownerId, clientId: cardId });
    expect(await bench.db.appointment.findUniqueOrThrow({ where: { id: booked } })).toMatchObject({
      clientId: cardId,
    });
    const gone = { where: { id: signed.accountId }, include: { credential: true } };
    expect(await bench.db.account.findUniqueOrThrow(gone)).toMatchObject({
      emailVerifiedAt: null,
      credential: null,
      blockedAt: bench.clock.now(),
    });
    expect(await readSession(bench.db, other.value.token, bench.clock.now())).not.toBeNull();
  });

  it('never opens an account with wider rights: that one wants its password', async () => {
    const email = freshEmail();
    const ownerId = await makeAccount(bench.db, { email, role: 'administrator' });
    const signed = await registered(email);
    const answer = await prove(signed, await codeOf(signed.accountId));
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.outcome).toBe('sign_in_instead');
    const session = await sessionOf(answer.value.token);
    expect(session.accountId).toBe(signed.accountId);
    expect(session.accountId).not.toBe(ownerId);
  });

  it('keeps to the owner when two unproven accounts prove one address at once', async () => {
    const email = freshEmail();
    const [first, second] = [await registered(email), await registered(email)];
    const codes = [await codeOf(first.accountId), await codeOf(second.accountId)] as const;
    const answers = await Promise.all([prove(first, codes[0]), prove(second, codes[1])]);
    const outcomes = answers.map((answer) => (answer.ok ? answer.value.outcome : answer.refusal.code));
    expect(outcomes.sort()).toEqual(['joined', 'verified']);
    expect(await bench.db.account.count({ where: { email, emailVerifiedAt: { not: null } } })).toBe(1);
  });
});

describe('ACC-3: a code is good once, for ten minutes and five tries', () => {
  it('is used by one of fifty who type it at once', async () => {
    const signed = await registered(freshEmail());
    const code = await codeOf(signed.accountId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => prove(signed, code)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('takes five of fifty guesses made at once, and then not even the right one', async () => {
    const signed = await registered(freshEmail());
    const code = await codeOf(signed.accountId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => prove(signed, wrongFor(code))));
    const reasons = answers.map((answer) =>
      !answer.ok && answer.refusal.code === 'proof_refused' ? answer.refusal.reason : 'opened',
    );
    expect(reasons.filter((reason) => reason === 'wrong')).toHaveLength(4);
    expect(reasons.filter((reason) => reason === 'too_many_tries')).toHaveLength(46);
    expect(await bench.db.contactProof.findFirst({ where: { accountId: signed.accountId } })).toMatchObject({
      attemptCount: 5,
    });
    expect(await prove(signed, code)).toMatchObject({ refusal: { reason: 'too_many_tries' } });
  });

  it('is refused as too old after ten minutes', async () => {
    const signed = await registered(freshEmail());
    const code = await codeOf(signed.accountId);
    bench.clock.advanceMinutes(10);
    expect(await prove(signed, code)).toMatchObject({
      refusal: { code: 'proof_refused', reason: 'expired' },
    });
  });

  it('nothing is right before the worker has made a code', async () => {
    const signed = await registered(freshEmail());
    expect(await prove(signed, '000000')).toMatchObject({ refusal: { code: 'proof_refused' } });
  });

  it('is replaced by a new one, after a minute', async () => {
    const signed = await registered(freshEmail());
    const first = await codeOf(signed.accountId);
    expect(await by(resendCode, bench.deps, signed.actor, signed.accountId)).toMatchObject({
      refusal: { code: 'wait', seconds: 60 },
    });
    bench.clock.advanceMinutes(1);
    expect(await by(resendCode, bench.deps, signed.actor, signed.accountId)).toMatchObject({ ok: true });
    const second = await codeOf(signed.accountId);
    if (first !== second) expect(await prove(signed, first)).toMatchObject({ ok: false });
    expect(await prove(signed, second)).toMatchObject({ ok: true });
  });

  it('goes to the corrected address, and the old code proves nothing for it', async () => {
    const signed = await registered(freshEmail());
    const first = await codeOf(signed.accountId);
    bench.clock.advanceMinutes(2);
    const mended = freshEmail();
    expect(await by(correctEmail, bench.deps, signed.actor, signed.accountId, mended)).toMatchObject({
      ok: true,
    });
    expect(await prove(signed, first)).toMatchObject({ ok: false });
    const code = await codeOf(signed.accountId);
    expect(await prove(signed, code)).toMatchObject({ ok: true });
    expect(await bench.db.client.findUniqueOrThrow({ where: { id: signed.clientId } })).toMatchObject({
      email: mended,
    });
  });

  it('is made and written once, however often the job runs', async () => {
    const signed = await registered(freshEmail());
    expect(await codeOf(signed.accountId)).toBe(await codeOf(signed.accountId));
  });
});

it('keeps a hold through the change of accounts', async () => {
  const email = freshEmail();
  const ownerId = await makeAccount(bench.db, { email, role: 'client' });
  const signed = await registered(email);
  const held = await makeAppointment(bench.db, { clientId: signed.clientId });
  await bench.db.appointment.update({
    where: { id: held },
    data: {
      status: 'held',
      clientId: null,
      holderKey: `account:${signed.accountId}`,
      heldUntil: bench.clock.now(),
    },
  });
  await prove(signed, await codeOf(signed.accountId));
  expect(await bench.db.appointment.findUniqueOrThrow({ where: { id: held } })).toMatchObject({
    holderKey: `account:${ownerId}`,
    locationId: house.berlin,
  });
});
