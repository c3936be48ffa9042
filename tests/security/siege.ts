/** P7: every door that looks at a guess, besieged by somebody who holds all that leads up to it, and guesses at the one secret behind it. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { deviceCookieName, sessionCookieName } from '../../src/api/session-cookie.ts';
import { type Door, doors } from '../../src/domain/attempt.ts';
import { hashingSpent } from '../../src/server/access/passwords.ts';
import { makeReset } from '../../src/server/access/recovery.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { codeAt, stepAt } from '../../src/server/access/totp.ts';
import { at, call } from '../support/api-call.ts';
import { appUrl } from '../support/api-server.ts';
import { AuthBrowser } from '../support/auth-browser.ts';
import { makeAccount, origin } from '../support/people.ts';
import { addressAt, batch, guess, password, type Siege, ten } from './brute-force.ts';

/** The others keep no secret: they count work, or messages. A new door has to be besieged here, or this doesn't compile. */
export type GuessedDoor = Exclude<Door, 'register' | 'recovery' | 'send_code' | 'hold' | 'join'>;

interface Struck {
  /** How each guess was answered. */
  answers: string[];
  /** Guesses that were compared with the secret. */
  verified: number;
}

interface Victim {
  accountId: string;
  email: string;
  /** Their own device, on which they have signed in before. */
  browser: AuthBrowser;
  signIn(): Promise<boolean>;
}

interface Onslaught {
  whose: string;
  strike(): Promise<Struck>;
}

export interface Besieged {
  doors: Record<
    GuessedDoor,
    { whose: string; guesses: number; verified: number; answers: Record<string, number> }
  >;
  /** Verified guesses by whose secret they were at, through all doors. */
  victims: Record<string, number>;
  guesses: number;
  ownersTried: number;
  ownersIn: number;
}

/** Hashes that were tried and are somebody's, and codes that were compared with what was mailed. */
const lookedAt = async ({ db }: Siege): Promise<number> =>
  hashingSpent().verified +
  ((await db.contactProof.aggregate({ _sum: { attemptCount: true } }))._sum.attemptCount ?? 0);

async function measured(siege: Siege, send: () => Promise<string[][]>): Promise<Struck> {
  const before = await lookedAt(siege);
  const answers = (await send()).flat();
  return { answers, verified: (await lookedAt(siege)) - before };
}

/** As many at once as the house takes in: more would only be told to come again. */
async function inParallel(count: number, send: () => Promise<string>): Promise<string[]> {
  const answers: string[] = [];
  for (let left = count; left > 0; left -= 30)
    answers.push(...(await Promise.all(Array.from({ length: Math.min(left, 30) }, send))));
  return answers;
}

const sixDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Somebody who has signed in on a device of theirs; `codeOf` where they have a second factor by then. */
async function settleIn(
  siege: Siege,
  role: 'client' | 'receptionist',
  name: string,
  codeOf: () => string = () => '',
): Promise<Victim> {
  const { db, server, passwordHash } = siege;
  const email = `${name}@example.com`;
  const accountId = await makeAccount(db, { email, role });
  await db.credential.create({ data: { accountId, passwordHash } });
  const browser = new AuthBrowser(server, { 'x-forwarded-for': '203.0.113.5' });
  if ((await browser.signIn({ email, password })) !== 'in') throw new Error(`${name} has no device`);
  const signIn = async () => (await browser.signIn({ email, password, code: codeOf() })) === 'in';
  return { accountId, email, browser, signIn };
}

async function asThemselves({ server }: Siege, { browser }: Victim, path: string, input?: unknown) {
  const answer = await call(server, 'mutation', path, { input, cookie: browser.cookieHeader });
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
  return answer.value;
}

const sessionOf = async ({ db, clock }: Siege, accountId: string): Promise<string> => {
  const now = clock.now();
  const token = await db.$transaction((tx) => openSession(tx, { id: randomUUID(), accountId, now, origin }));
  return `${sessionCookieName(appUrl)}=${token}`;
};

/** A session of the attacker's own, of an account that claims the owner's address, with a code on its way there. */
async function claim(siege: Siege, email: string): Promise<string> {
  const { db, clock } = siege;
  // Without a password: whatever is hashed at the form is the owner's.
  const accountId = await makeAccount(db, { email, role: 'client', verified: false });
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + 600_000);
  const proof = { id: randomUUID(), accountId, channel: 'email', address: email, codeHash: randomBytes(32) };
  await db.contactProof.create({ data: { ...proof, createdAt: now, expiresAt } });
  return sessionOf(siege, accountId);
}

/** Answers of a link's door that are given before a code is looked at; every other one counts as a guess that was. */
const beforeTheCode = new Set(['wait', 'captcha_needed', 'busy', 'link_lapsed', 'second_factor_asked']);

/** Four people, each with a device of their own, and what is done to each of them at which door. */
async function drawUp(siege: Siege, atTheForm: number) {
  const { db, clock } = siege;
  let address = 0;
  const network = () => addressAt(++address);
  const send = (path: string, cookie: string, input: () => object) =>
    batch(siege, ten(path, input), { 'x-forwarded-for': network(), ...(cookie ? { cookie } : {}) });

  const owner = await settleIn(siege, 'client', 'owner');

  const colleague = await settleIn(siege, 'receptionist', 'colleague');
  const pin = '839271';
  await asThemselves(siege, colleague, 'account.choosePin', { pin });
  const tablet = `${deviceCookieName(appUrl)}=${colleague.browser.device ?? ''}`;

  let seed = '';
  const twofold = await settleIn(siege, 'client', 'twofold', () => codeAt(seed, stepAt(clock.now())));
  seed = String(at(await asThemselves(siege, twofold, 'account.beginFactor'), 'seed'));
  await asThemselves(siege, twofold, 'account.confirmFactor', { code: codeAt(seed, stepAt(clock.now())) });
  // The code that confirmed it is spent.
  clock.advanceMinutes(1);

  const forgetful = await settleIn(siege, 'client', 'forgetful');
  const stolen = [await sessionOf(siege, forgetful.accountId), await sessionOf(siege, forgetful.accountId)];

  const onslaughts: Record<GuessedDoor, Onslaught> = {
    // Knows the address alone, and comes from ever new ones.
    sign_in: {
      whose: 'owner',
      strike: () =>
        measured(siege, async () => [
          await inParallel(atTheForm, () =>
            guess(siege, owner.email, { address: network(), forged: `203.0.113.${address % 250}` }),
          ),
        ]),
    },
    // Opens account after account with the owner's address, and guesses at what was mailed there.
    prove_code: {
      whose: 'owner',
      strike: async () => {
        const cookie = await claim(siege, owner.email);
        return measured(siege, async () => [
          await send('account.proveEmail', cookie, () => ({ code: sixDigits() })),
        ]);
      },
    },
    // Holds the tablet on which a colleague signs in, in full, again and again: each time three tries are left.
    pin: {
      whose: 'colleague',
      strike: () =>
        measured(siege, () => {
          const input = () => {
            const guessed = sixDigits();
            return { accountId: colleague.accountId, pin: guessed === pin ? '000000' : guessed };
          };
          return Promise.all([1, 2].map(() => send('account.returnByPin', tablet, input)));
        }),
    },
    // Knows the right password, and reads the mail.
    second_factor: {
      whose: 'twofold',
      strike: async () => {
        const atForm = await measured(siege, async () => [
          await inParallel(10, () =>
            guess(siege, twofold.email, {
              address: network(),
              forged: '10.0.0.1',
              password,
              code: sixDigits(),
            }),
          ),
        ]);
        const asked = { resetId: randomUUID(), accountId: twofold.accountId };
        const link = await db.$transaction((tx) => makeReset(tx, asked, clock.now()));
        if (!link) throw new Error('there is no link to guess behind');
        const byLink = await send('account.resetByLink', '', () => ({
          token: link.token,
          newPassword: randomUUID(),
          code: sixDigits(),
        }));
        return {
          answers: [...atForm.answers, ...byLink],
          verified: atForm.verified + byLink.filter((answer) => !beforeTheCode.has(answer)).length,
        };
      },
    },
    // Sits before two browsers that were left open.
    step_up: {
      whose: 'forgetful',
      strike: () =>
        measured(siege, () =>
          Promise.all(
            stolen.map((cookie) => send('account.prove', cookie, () => ({ password: randomUUID() }))),
          ),
        ),
    },
  };
  return { onslaughts, victims: [owner, colleague, twofold, forgetful] };
}

/**
 * Waves of guesses, a quarter of an hour apart, at each door in turn: side by side from ever new addresses, and in batches of ten. After
 * each wave all whose secrets are guessed at sign in on their own devices.
 */
export async function besiege(
  siege: Siege,
  { waves, atTheForm }: { waves: number; atTheForm: number },
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Besieged> {
  const { onslaughts, victims } = await drawUp(siege, atTheForm);
  const told = (door: GuessedDoor) => ({
    whose: onslaughts[door].whose,
    guesses: 0,
    verified: 0,
    answers: {},
  });
  const result: Besieged = {
    doors: {
      sign_in: told('sign_in'),
      prove_code: told('prove_code'),
      pin: told('pin'),
      second_factor: told('second_factor'),
      step_up: told('step_up'),
    },
    victims: {},
    guesses: 0,
    ownersTried: 0,
    ownersIn: 0,
  };
  for (let wave = 0; wave < waves; wave++) {
    for (const door of doors.filter((each): each is GuessedDoor => each in onslaughts)) {
      const { answers, verified } = await onslaughts[door].strike();
      const kept = result.doors[door];
      kept.guesses += answers.length;
      kept.verified += verified;
      for (const answer of answers) {
        const word = answer.replace(/\.\d+$/, '');
        kept.answers[word] = (kept.answers[word] ?? 0) + 1;
      }
      result.guesses += answers.length;
      result.victims[kept.whose] = (result.victims[kept.whose] ?? 0) + verified;
    }
    for (const isIn of await Promise.all(victims.map((victim) => victim.signIn()))) {
      result.ownersTried += 1;
      result.ownersIn += isIn ? 1 : 0;
    }
    siege.clock.advanceMinutes(15);
    progress(wave + 1, waves);
  }
  return result;
}
