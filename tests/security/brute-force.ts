/** P7: somebody with many addresses, a solver of puzzles and all the time in the world. What is besieged door by door: `siege.ts`. */
import { randomUUID } from 'node:crypto';
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
import { origin } from '../support/people.ts';
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

export const addressAt = (index: number): string =>
  `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
/** Solved in advance and without effort: what work a puzzle costs is not what is measured here. */
const puzzleOf = async ({ server, clock }: Siege): Promise<string> =>
  solved(await makePuzzle(server.env.MASTER_KEY, clock.now(), 1));

/**
 * One guess at the form; every one with a solved puzzle. `forged` stands in the header where clients may write what they like; what isn't
 * given is guessed.
 */
export async function guess(
  siege: Siege,
  email: string,
  { address, forged, ...given }: { address: string; forged: string; password?: string; code?: string },
): Promise<string> {
  const browser = new AuthBrowser(siege.server, { 'x-forwarded-for': `${forged}, ${address}` });
  return browser.signIn({ email, password: randomUUID(), ...given, puzzle: await puzzleOf(siege) });
}

export interface Sent {
  path: string;
  input: unknown;
}

/** Ten calls in one request. The answers' refusal codes; `done` for none. */
export async function batch(
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

export const ten = (path: string, input: () => object): Sent[] =>
  Array.from({ length: 10 }, () => ({ path, input: input() }));

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
        const answer = await guess(siege, email, {
          address,
          forged: forge ? addressAt(first + index) : '10.0.0.1',
        });
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
    await guess(siege, staff[index % people]?.email ?? '', { address, forged: '10.0.0.1' });
  await everybodySignsIn();
  return clinic;
}
