/** P7: somebody with many addresses, a solver of puzzles and all the time in the world, before each door that looks at a guess. */
import { randomBytes, randomUUID } from 'node:crypto';
import superjson from 'superjson';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { makePuzzle } from '../../src/server/access/captcha.ts';
import { hashingSpent, hashPassword } from '../../src/server/access/passwords.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import type { Db } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { appUrl, type OpenServer } from '../support/api-server.ts';
import { AuthBrowser } from '../support/auth-browser.ts';
import type { TestClock } from '../support/clock.ts';
import { makeAccount, origin } from '../support/people.ts';
import { solved } from '../support/puzzles.ts';

export interface Siege {
  server: OpenServer;
  clock: TestClock;
  db: Db;
  /** Argon2id of `password`, at its full cost. */
  passwordHash: string;
}

export const password = 'a quiet morning by the sea';

export const openSiege = async (server: OpenServer, clock: TestClock): Promise<Siege> => ({
  server,
  clock,
  db: systemDb(server.deps.db, 'tests'),
  passwordHash: await hashPassword(password),
});

/** Proven accounts with the password everybody here has. */
export async function settleAll(
  { db, clock, passwordHash }: Siege,
  emails: readonly string[],
): Promise<string[]> {
  const { id: roleId } = await db.role.findUniqueOrThrow({ where: { key: 'client' } });
  const made = emails.map((email) => ({ email, id: randomUUID() }));
  const now = clock.now();
  await db.account.createMany({
    data: made.map(({ email, id }) => ({
      id,
      email,
      name: 'Ana Reis',
      emailVerifiedAt: now,
      createdAt: now,
    })),
  });
  await db.credential.createMany({ data: made.map(({ id }) => ({ accountId: id, passwordHash })) });
  await db.accountRole.createMany({ data: made.map(({ id }) => ({ accountId: id, roleId })) });
  return made.map(({ id }) => id);
}

const settle = async (siege: Siege, email: string): Promise<string> =>
  (await settleAll(siege, [email]))[0] ?? '';

const addressAt = (index: number): string => `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
/** Solved in advance and without effort: what work a puzzle costs is not what is measured here. */
const puzzleOf = async ({ server, clock }: Siege): Promise<string> =>
  solved(await makePuzzle(server.env.MASTER_KEY, clock.now(), 1));

/** One guess at the form; every one with a solved puzzle. `forged` stands in the header where clients may write what they like. */
async function guess(siege: Siege, email: string, address: string, forged: string): Promise<string> {
  const browser = new AuthBrowser(siege.server, { 'x-forwarded-for': `${forged}, ${address}` });
  return browser.signIn({ email, password: randomUUID(), puzzle: await puzzleOf(siege) });
}

interface Sent {
  path: string;
  input: unknown;
}

/** Ten calls in one request. The answers' refusal codes; `done` for none. */
async function batch(
  siege: Siege,
  calls: readonly Sent[],
  headers: Record<string, string>,
): Promise<string[]> {
  const body = Object.fromEntries(calls.map(({ input }, index) => [index, superjson.serialize(input)]));
  const request = new Request(`${appUrl}/api/trpc/${calls.map(({ path }) => path).join(',')}?batch=1`, {
    method: 'POST',
    headers: { origin: appUrl, host: 'localhost:3000', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answers: unknown = await (await handleTrpc(request, siege.server)).json();
  return (Array.isArray(answers) ? answers : [answers]).map((answer) => {
    const refusal = /"refusal":\{"code":"(\w+)"/.exec(JSON.stringify(answer))?.[1];
    return refusal ?? (JSON.stringify(answer).includes('"error"') ? 'failed' : 'done');
  });
}

const ten = (path: string, input: () => object): Sent[] =>
  Array.from({ length: 10 }, () => ({ path, input: input() }));

/** A session of the attacker's own, of an account that claims the owner's address, with a code on its way there. */
async function claim({ db, clock, passwordHash }: Siege, email: string): Promise<string> {
  const accountId = await makeAccount(db, { email, role: 'client', verified: false });
  await db.credential.create({ data: { accountId, passwordHash } });
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + 600_000);
  const proof = { id: randomUUID(), accountId, channel: 'email', address: email, codeHash: randomBytes(32) };
  await db.contactProof.create({ data: { ...proof, createdAt: now, expiresAt } });
  const token = await db.$transaction((tx) => openSession(tx, { id: randomUUID(), accountId, now, origin }));
  return `${sessionCookieName(appUrl)}=${token}`;
}

export interface Besieged {
  guesses: number;
  /** Guesses that were looked at: hashes tried against the owner's, and codes against what was sent to their address. */
  verified: number;
  ownerTried: number;
  ownerIn: number;
  /** How the guesses were answered. */
  answers: Record<string, number>;
}

/**
 * Waves of guesses at one account, a quarter of an hour apart: at the form from ever new addresses, and in batches of ten at every
 * procedure that looks at a password, PIN, code or link, as nobody and from sessions that claim the address. After each wave the owner
 * signs in on their own device.
 */
export async function besiege(
  siege: Siege,
  { waves, perWave }: { waves: number; perWave: number },
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Besieged> {
  const email = 'owner@example.com';
  const ownerId = await settle(siege, email);
  const owner = new AuthBrowser(siege.server, { 'x-forwarded-for': '203.0.113.5' });
  if ((await owner.signIn({ email, password })) !== 'in') throw new Error('the owner has no device');
  const result: Besieged = { guesses: 0, verified: 0, ownerTried: 0, ownerIn: 0, answers: {} };
  const tell = (answer: string) => {
    result.guesses += 1;
    result.answers[answer] = (result.answers[answer] ?? 0) + 1;
  };
  const codesTried = async () =>
    (await siege.db.contactProof.aggregate({ _sum: { attemptCount: true } }))._sum.attemptCount ?? 0;
  let address = 0;
  const began = hashingSpent().verified;
  for (let wave = 0; wave < waves; wave++) {
    const claimed = await claim(siege, email);
    const network = () => ({ 'x-forwarded-for': addressAt(++address) });
    const batches = [
      ten('account.proveEmail', () => ({ code: String(Math.random()).slice(2, 8).padStart(6, '0') })),
      ten('account.returnByPin', () => ({ accountId: ownerId, pin: String(Math.random()).slice(2, 8) })),
      ten('account.prove', () => ({ password: randomUUID() })),
      ten('account.resetByLink', () => ({ token: randomUUID(), newPassword: randomUUID(), code: '000000' })),
    ];
    const inBatches = batches.map(async (calls) => {
      const headers = {
        ...network(),
        ...(calls[0]?.path === 'account.proveEmail' ? { cookie: claimed } : {}),
      };
      for (const answer of await batch(siege, calls, headers)) tell(answer);
    });
    await Promise.all(inBatches);
    // As many at once as the house takes in: more would only be told to come again.
    for (let left = perWave - batches.length * 10; left > 0; left -= 30)
      await Promise.all(
        Array.from({ length: Math.min(left, 30) }, () =>
          guess(siege, email, addressAt(++address), `203.0.113.${wave % 250}`).then(tell),
        ),
      );
    result.ownerTried += 1;
    result.ownerIn += (await owner.signIn({ email, password })) === 'in' ? 1 : 0;
    siege.clock.advanceMinutes(15);
    progress(wave + 1, waves);
  }
  result.verified = hashingSpent().verified - began - result.ownerTried + (await codesTried());
  return result;
}

/** Whoever has somebody's session open before them guesses at its password, to be let do more: in batches, a quarter of an hour apart. */
export async function guessFromTheirSession(
  siege: Siege,
  { waves }: { waves: number },
): Promise<{ guesses: number; verified: number }> {
  const accountId = await settle(siege, 'careless@example.com');
  const token = await siege.db.$transaction((tx) =>
    openSession(tx, { id: randomUUID(), accountId, now: siege.clock.now(), origin }),
  );
  const headers = { cookie: `${sessionCookieName(appUrl)}=${token}`, 'x-forwarded-for': addressAt(1) };
  const began = hashingSpent().verified;
  for (let wave = 0; wave < waves; wave++) {
    await siege.db.session.updateMany({ where: { accountId }, data: { lastSeenAt: siege.clock.now() } });
    const wrong = { currentPassword: randomUUID(), newPassword: randomUUID() };
    await Promise.all([
      batch(
        siege,
        ten('account.prove', () => ({ password: randomUUID() })),
        headers,
      ),
      batch(
        siege,
        ten('account.changePassword', () => wrong),
        headers,
      ),
    ]);
    siege.clock.advanceMinutes(15);
  }
  return { guesses: waves * 20, verified: hashingSpent().verified - began };
}

export interface Sprayed {
  guesses: number;
  verified: number;
  answers: Record<string, number>;
}

/** One guess at each of many accounts from one network, every one with a solved puzzle, in parallel. */
export async function spray(
  siege: Siege,
  options: { accounts: number; address: string; name: string; forge: boolean },
): Promise<Sprayed> {
  const { accounts, address, name, forge } = options;
  const emails = Array.from({ length: accounts }, (_, index) => `${name}${index}@example.com`);
  await settleAll(siege, emails);
  const began = hashingSpent().verified;
  const answers: Record<string, number> = {};
  for (let first = 0; first < emails.length; first += 20)
    await Promise.all(
      emails.slice(first, first + 20).map(async (email, index) => {
        const answer = await guess(siege, email, address, forge ? addressAt(first + index) : '10.0.0.1');
        const word = answer.startsWith('wait') ? 'wait' : answer;
        answers[word] = (answers[word] ?? 0) + 1;
      }),
    );
  return { guesses: accounts, verified: hashingSpent().verified - began, answers };
}

export interface Clinic {
  people: number;
  /** Sign-ins with the right password that were not let in. */
  shutOut: number;
  tried: number;
}

/**
 * A clinic whose people all stand behind one address: each comes on a new device, every third mistypes first; then somebody in the waiting
 * room tries every account until nothing is looked at any more; and all sign in again on their devices, every third mistyping first.
 */
export async function workBehindOneAddress(
  siege: Siege,
  { people, attacks }: { people: number; attacks: number },
): Promise<Clinic> {
  const address = '203.0.113.80';
  const staff = Array.from({ length: people }, (_, index) => ({
    email: `colleague${index}@example.com`,
    browser: new AuthBrowser(siege.server, { 'x-forwarded-for': address }),
  }));
  await settleAll(
    siege,
    staff.map(({ email }) => email),
  );
  const clinic: Clinic = { people, shutOut: 0, tried: 0 };
  const everybodySignsIn = () =>
    Promise.all(
      staff.map(async ({ email, browser }, index) => {
        if (index % 3 === 0) await browser.signIn({ email, password: 'a loud evening' });
        clinic.tried += 1;
        const sent = { email, password, puzzle: await puzzleOf(siege) };
        clinic.shutOut += (await browser.signIn(sent)) === 'in' ? 0 : 1;
      }),
    );
  await everybodySignsIn();
  for (let index = 0; index < attacks; index++)
    await guess(siege, staff[index % people]?.email ?? '', address, '10.0.0.1');
  await everybodySignsIn();
  return clinic;
}
