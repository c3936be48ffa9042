/** Signing in and out. */
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, Prisma, transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { straight } from '../sql.ts';
import { noteEntry } from '../trail/note.ts';
import {
  countAttempt,
  type Counted,
  type DoorSettings,
  forgive,
  sweepAttempts,
  wasRight,
} from './attempts.ts';
import { readDevice, rememberDevice, type SeenDevice } from './devices.ts';
import { verifyPassword, whileNotTooMany } from './passwords.ts';
import { hasSecondFactor, spendSecondFactor } from './second-factor.ts';
import { noteSignIn, type Origin, openSession } from './sessions.ts';
import { hashToken } from './tokens.ts';

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

/** How many accounts with one e-mail are tried; each costs a hash. */
const maxTried = 2;

interface Candidate {
  id: string;
  name: string;
  proven: boolean;
  blocked: boolean;
  is_staff: boolean;
  password_hash: string | null;
}

/** One statement, whether there is anybody or not: the time tells nothing. */
const candidatesFor = (db: Db, email: string, knownTo: ReadonlySet<string>): Promise<Candidate[]> =>
  straight(db).rows<Candidate>(Prisma.sql`
    SELECT a.id, a.name, a.email_verified_at IS NOT NULL AS proven, a.blocked_at IS NOT NULL AS blocked, c.password_hash,
      EXISTS (SELECT FROM account_role ar JOIN role r ON r.id = ar.role_id WHERE ar.account_id = a.id AND r.key <> 'client') AS is_staff
    FROM account a LEFT JOIN credential c ON c.account_id = a.id
    WHERE a.email = ${email}::citext
    ORDER BY a.id = ANY (${[...knownTo]}::uuid[]) DESC, a.email_verified_at NULLS LAST, a.created_at DESC LIMIT ${maxTried}`);

const nobody: Actor = { kind: 'nobody', holderKey: null };

/** For the trail: who it turned out to be. */
const actorOf = ({ id, name, is_staff }: Pick<Candidate, 'id' | 'name' | 'is_staff'>): Actor =>
  is_staff
    ? { kind: 'staff', accountId: id, name, roleKeys: [], rights: new Set(), specialistId: null }
    : { kind: 'client', accountId: id, clientId: null, holderKey: null };

/**
 * Opens a session for the right e-mail and password, and the code of the second factor where there is one; from then on this device is
 * known. Several accounts may claim an e-mail until one proves it, and whoever opens one may enter it with its own password: were only
 * the proven one tried, opening another and failing to enter would tell that there is one. Those known on this device are tried first,
 * then the proven one, then the newest. Each call counts as a try, before anything is looked at.
 * Refuses with `wrong_credentials` for unknown, wrong and blocked, after the same work; with `wait` and `captcha_needed` before any;
 * once the password is right, with `second_factor_asked` for a missing code and `proof_refused` for a wrong one. Throws what says
 * `busy` where the try can't be counted or too many are being looked at.
 */
export async function signIn(
  deps: Deps,
  settings: DoorSettings,
  origin: Origin,
  input: SignInInput,
): Promise<Result<SignedIn>> {
  const device = await readDevice(asSystem(deps, 'sign in', nobody).db, origin.deviceToken);
  const isKnown = (device?.knownTo.size ?? 0) > 0;
  return whileNotTooMany(isKnown, () =>
    tryToSignIn(deps, settings, origin, device, signInInput.parse(input)),
  );
}

async function tryToSignIn(
  deps: Deps,
  settings: DoorSettings,
  origin: Origin,
  device: SeenDevice | null,
  input: z.output<typeof signInInput>,
): Promise<Result<SignedIn>> {
  const { db } = asSystem(deps, 'sign in', nobody);
  const all = await candidatesFor(db, input.email, device?.knownTo ?? new Set());
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
  for (let index = 0; index < maxTried; index++) {
    const candidate = candidates[index];
    const matches = await verifyPassword(candidate?.password_hash ?? null, input.password);
    if (matches && !found) found = candidate;
  }
  if (!found || found.blocked) {
    await noteRefused(db, candidates[0] ?? null, counted.value);
    return refuse('wrong_credentials');
  }
  // Whoever opened an account for an address that isn't theirs hasn't shown that the guesses at it were their own.
  const mayForgive = found.proven || known.length > 0;
  const own = { counters: mayForgive ? counted.value.counters : [] };
  return enter(deps, settings, origin, { account: found, code: input.code, counted: own });
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

/**
 * Whether the password that was verified a moment ago is still the account's, and the account open; held so until the session stands. Who
 * changes either waits, and then ends that session with the others.
 */
async function isStill(tx: Tx, { id, password_hash }: Candidate): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ password_hash: string }[]>`
    SELECT c.password_hash FROM account a JOIN credential c ON c.account_id = a.id
    WHERE a.id = ${id}::uuid AND a.blocked_at IS NULL FOR SHARE OF a, c`;
  return row !== undefined && row.password_hash === password_hash;
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
    if (!(await isStill(tx, account))) return refuse('wrong_credentials');
    const isTwofold = await hasSecondFactor(tx, accountId);
    if (isTwofold && code === '') {
      await wasRight(tx, counted);
      return refuse('second_factor_asked');
    }
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
    await noteSignIn(tx, accountId, { openedBy, newDevice: device.token !== null });
    if (device.isSurprising && account.proven) await deps.queue.send(tx, 'notify-sign-in', { sessionId });
    await sweepAttempts(tx, now);
    return done({ token, accountId, name, deviceToken: device.token });
  });
}

/** Ends the session behind a cookie for good; a second call changes nothing. */
export async function signOut(deps: Deps, token: string): Promise<void> {
  const session = await asSystem(deps, 'sign out').db.session.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { account: { include: { roles: { include: { role: true } } } } },
  });
  if (!session) return;
  const { id: accountId, name, roles } = session.account;
  const isStaff = roles.some(({ role }) => role.key !== 'client');
  const { db } = asSystem(deps, 'sign out', actorOf({ id: accountId, name, is_staff: isStaff }));
  await transact(db, async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: session.id, revokedAt: null },
      data: { revokedAt: deps.now(), revokedReason: 'signed out' },
    });
    if (count > 0)
      await noteEntry(tx, { action: 'account.sign_out', subjectType: 'account', subjectId: accountId });
  });
}
