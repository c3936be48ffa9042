/** Signing in. */
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { straight } from '../sql.ts';
import { noteEntry } from '../trail/note.ts';
import { countAttempt, type Counted, type DoorSettings, forgive, sweepAttempts } from './attempts.ts';
import { readDevice, rememberDevice } from './devices.ts';
import { verifyPassword, whileNotTooMany } from './passwords.ts';
import { hasSecondFactor, spendSecondFactor } from './second-factor.ts';
import { type Origin, openSession } from './sessions.ts';

export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(256),
  /** Of the second factor; empty until it is asked for. */
  code: z.string().max(40).default(''),
  /** The solved puzzle; empty until it is asked for. */
  puzzle: z.string().max(4_000).default(''),
});
export type SignInInput = z.input<typeof signInInput>;

export interface SignedIn {
  token: string;
  accountId: string;
  name: string;
  /** For the device's own cookie; null where it keeps the one it has. */
  deviceToken: string | null;
}

/** How many unproven accounts with one e-mail are tried; each costs a hash. */
const maxUnproven = 2;

interface Candidate {
  id: string;
  name: string;
  proven: boolean;
  blocked: boolean;
  is_staff: boolean;
  password_hash: string | null;
}

/** One statement, whether there is anybody or not: the time tells nothing. */
const candidatesFor = async (db: Db, email: string): Promise<Candidate[]> => {
  const rows = await straight(db).rows<Candidate>(Prisma.sql`
    SELECT a.id, a.name, a.email_verified_at IS NOT NULL AS proven, a.blocked_at IS NOT NULL AS blocked, c.password_hash,
      EXISTS (SELECT FROM account_role ar JOIN role r ON r.id = ar.role_id WHERE ar.account_id = a.id AND r.key <> 'client') AS is_staff
    FROM account a LEFT JOIN credential c ON c.account_id = a.id
    WHERE a.email = ${email}::citext ORDER BY a.email_verified_at NULLS LAST, a.created_at DESC LIMIT ${maxUnproven}`);
  return rows[0]?.proven ? rows.slice(0, 1) : rows;
};

const nobody: Actor = { kind: 'nobody', holderKey: null };

/** For the trail: who it turned out to be. */
const actorOf = ({ id, name, is_staff }: Candidate): Actor =>
  is_staff
    ? { kind: 'staff', accountId: id, name, roleKeys: [], rights: new Set(), specialistId: null }
    : { kind: 'client', accountId: id, clientId: null, holderKey: null };

/**
 * Opens a session for the right e-mail and password, and the code of the second factor where there is one; from then on this device is
 * known. An e-mail is owned by the account that proved it; until somebody does, each of the newest unproven ones may sign in with its
 * own password. Each call counts as a try, before anything is looked at.
 * Refuses with `wrong_credentials` for unknown, wrong and blocked, after the same work; with `wait` and `captcha_needed` before any;
 * once the password is right, with `second_factor_asked` for a missing code and `proof_refused` for a wrong one. Throws what says
 * `busy` where the try can't be counted or too many are being looked at.
 */
export const signIn = (
  deps: Deps,
  settings: DoorSettings,
  origin: Origin,
  input: SignInInput,
): Promise<Result<SignedIn>> =>
  whileNotTooMany(() => tryToSignIn(deps, settings, origin, signInInput.parse(input)));

async function tryToSignIn(
  deps: Deps,
  settings: DoorSettings,
  origin: Origin,
  input: z.output<typeof signInInput>,
): Promise<Result<SignedIn>> {
  const { db } = asSystem(deps, 'sign in', nobody);
  const all = await candidatesFor(db, input.email);
  const device = await readDevice(db, origin.deviceToken);
  // On a device of theirs people are counted by themselves, and then only their own accounts are tried.
  const known = all.filter(({ id }) => device?.knownTo.has(id));
  const candidates = known.length > 0 ? known : all;
  const counted = await countAttempt(deps, settings, {
    door: 'sign_in',
    email: input.email,
    ipAddress: origin.ipAddress,
    deviceId: known.length > 0 ? (device?.id ?? null) : null,
    puzzle: input.puzzle,
  });
  if (!counted.ok) return counted;
  let found: Candidate | undefined;
  for (let index = 0; index < maxUnproven; index++) {
    const candidate = candidates[index];
    const matches = await verifyPassword(candidate?.password_hash ?? null, input.password);
    if (matches && !found) found = candidate;
  }
  if (!found || found.blocked) {
    await noteRefused(db, candidates[0] ?? null, counted.value);
    return refuse('wrong_credentials');
  }
  return enter(deps, settings, origin, { account: found, code: input.code, counted: counted.value });
}

/** Of an account, into the trail; of nobody's address, as much work for as little: a counter's row, as it is. */
async function noteRefused(db: Db, account: Candidate | null, { counters }: Counted): Promise<void> {
  const sql = straight(db);
  const about = { subjectType: 'account', subjectId: account?.id ?? null };
  if (account) await noteEntry(sql, { action: 'account.sign_in_refused', ...about });
  else
    await sql.run(
      Prisma.sql`UPDATE attempt_counter SET last_at = last_at WHERE key = ${counters.at(-1)?.key ?? ''}`,
    );
}

async function enter(
  deps: Deps,
  { masterKey }: DoorSettings,
  origin: Origin,
  { account, code, counted }: { account: Candidate; code: string; counted: Counted },
): Promise<Result<SignedIn>> {
  const { db } = asSystem(deps, 'sign in', actorOf(account));
  const { id: accountId, name } = account;
  const now = deps.now();
  return transact<Result<SignedIn>>(db, async (tx) => {
    const isTwofold = await hasSecondFactor(tx, accountId);
    if (isTwofold && code === '') return refuse('second_factor_asked');
    if (isTwofold && !(await spendSecondFactor(tx, { masterKey, now }, accountId, code))) {
      await noteEntry(tx, {
        action: 'account.sign_in_refused',
        subjectType: 'account',
        subjectId: accountId,
        detail: { at: 'second_factor' },
      });
      return refuse('proof_refused', { reason: 'wrong' });
    }
    const device = await rememberDevice(tx, deps, accountId, origin);
    const openedBy = isTwofold ? 'second_factor' : 'password';
    const sessionId = deps.newId();
    const token = await openSession(tx, {
      id: sessionId,
      accountId,
      now,
      origin,
      openedBy,
      deviceId: device.id,
    });
    await forgive(tx, counted);
    await noteEntry(tx, {
      action: 'account.sign_in',
      subjectType: 'account',
      subjectId: accountId,
      detail: { openedBy, newDevice: device.token !== null },
    });
    if (device.isSurprising && account.proven) await deps.queue.send(tx, 'notify-sign-in', { sessionId });
    await sweepAttempts(tx, now);
    return done({ token, accountId, name, deviceToken: device.token });
  });
}
