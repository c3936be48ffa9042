/** One's own account: what it knows, and changing it. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AccountLocale, ChangePasswordInput, UpdateAccountInput } from '../../domain/account.ts';
import { fullName } from '../../domain/contact.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, type Prisma, transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { nextVersion } from '../versioned.ts';
import { countAttempt, type DoorSettings, forgive } from './attempts.ts';
import { refusedPasswordOf } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { secondsUntilNextProof } from './proof.ts';
import { tellOwner } from './recovery.ts';
import type { Signed } from './register.ts';
import { type Origin, revokeSessionsOf } from './sessions.ts';

export interface OwnAccount {
  accountId: string;
  kind: 'client' | 'staff';
  firstName: string;
  lastName: string;
  email: string;
  emailVerified: boolean;
  phone: string | null;
  locale: string | null;
  /** Until another code may be asked for. */
  waitSeconds: number;
}

/** The account as its owner sees it. Throws where it is gone: the session would have ended with it. */
export async function readOwnAccount(
  db: Db,
  actor: Actor,
  accountId: string,
  now: Date,
): Promise<OwnAccount> {
  const account = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    include: { client: { select: { firstName: true, lastName: true } } },
  });
  const [firstName = '', ...rest] = account.name.split(' ');
  return {
    accountId,
    kind: actor.kind === 'staff' ? 'staff' : 'client',
    firstName: account.client?.firstName ?? firstName,
    lastName: account.client?.lastName ?? rest.join(' '),
    email: account.email,
    emailVerified: account.emailVerifiedAt !== null,
    phone: account.phone,
    locale: account.locale,
    waitSeconds: account.emailVerifiedAt ? 0 : await secondsUntilNextProof(db, accountId, now),
  };
}

/** Changes name and phone; a client's card follows, and its trail says so. A changed phone has to be proven anew. */
export async function updateAccount(
  deps: Deps,
  actor: Actor,
  accountId: string,
  input: UpdateAccountInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const now = deps.now();
  await transact(deps.db, async (tx) => {
    const before = await tx.account.findUniqueOrThrow({
      where: { id: accountId },
      include: { client: true },
    });
    await tx.account.update({
      where: { id: accountId },
      data: {
        name: fullName(input),
        phone: input.phone,
        // An administrator who has the older name open is told.
        version: nextVersion,
        ...(input.phone === before.phone ? {} : { phoneVerifiedAt: null }),
      },
    });
    const card = before.client;
    if (!card) return;
    const { firstName, lastName } = input;
    await changeOwnCard(tx, now, card, { firstName, lastName, phone: input.phone ?? card.phone });
  });
  deps.announcer.announce();
  return done(null);
}

/**
 * The language of the pages becomes that of the account and of its card, in which the clinic then writes. Of nobody who is signed
 * in (`accountId` null) nothing is kept. Refuses nothing.
 */
export async function chooseLanguage(
  deps: Deps,
  actor: Actor,
  accountId: string | null,
  locale: AccountLocale,
): Promise<Result<null>> {
  if (accountId === null || !can(actor, 'account.edit_own')) return done(null);
  const now = deps.now();
  await transact(deps.db, async (tx) => {
    const account = await tx.account.update({
      where: { id: accountId },
      data: { locale },
      include: { client: true },
    });
    if (account.client) await changeOwnCard(tx, now, account.client, { locale });
  });
  deps.announcer.announce();
  return done(null);
}

/** Writes what differs, and nothing where nothing does. */
async function changeOwnCard(
  tx: Tx,
  now: Date,
  card: Prisma.ClientGetPayload<object>,
  data: { firstName?: string; lastName?: string; phone?: string | null; locale?: string },
): Promise<void> {
  const fields = (['firstName', 'lastName', 'phone', 'locale'] as const).filter(
    (key) => data[key] !== undefined && data[key] !== card[key],
  );
  if (fields.length === 0) return;
  await tx.client.update({
    where: { id: card.id },
    data: { ...data, updatedAt: new Date(Math.max(now.getTime(), card.updatedAt.getTime() + 1)) },
  });
  await noteChange(tx, { topic: 'client', entityId: card.id });
}

/**
 * Sets a new password, ends every other session and tells the owner by mail. The present one is asked for, so tries are counted like at
 * any other door. Refuses with `wrong_credentials`, with `wait` after too many of those, a weak one at `newPassword`, and with `stale`
 * when it was changed meanwhile.
 */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
  origin: Origin,
  input: ChangePasswordInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { accountId, sessionId } = signed;
  const { db } = asSystem(deps, 'change password', actor);
  const { ipAddress } = origin;
  const counted = await countAttempt(deps, settings, {
    door: 'step_up',
    accountId,
    ipAddress,
    deviceId: sessionId,
  });
  if (!counted.ok) return counted;
  const own = await db.credential.findUnique({ where: { accountId } });
  if (!own || !(await verifyPassword(own.passwordHash, input.currentPassword)))
    return refuse('wrong_credentials');
  const weak = await refusedPasswordOf(db, 'newPassword', input.newPassword, accountId);
  if (weak) return weak;
  const newHash = await hashPassword(input.newPassword);
  return transact<Result<null>>(db, async (tx) => {
    const { count } = await tx.credential.updateMany({
      where: { accountId, passwordHash: own.passwordHash },
      // A PIN somebody else may have chosen goes with the password they knew.
      data: { passwordHash: newHash, changedAt: deps.now(), pinHash: null },
    });
    if (count === 0) return refuse('stale', { noun: 'account' });
    await revokeSessionsOf(tx, accountId, deps.now(), 'password changed', sessionId);
    await forgive(tx, counted.value);
    await tellOwner(tx, deps, accountId, 'password_changed');
    return done(null);
  });
}

export interface OwnSecurity {
  secondFactor: { confirmedAt: Date; codesLeft: number } | null;
  /** Null where none can be chosen: clients' devices are their own. */
  hasPin: boolean | null;
}

/** What one's own account is entered by, as far as its owner is told. */
export async function readOwnSecurity(deps: Deps, actor: Actor, accountId: string): Promise<OwnSecurity> {
  const { db } = asSystem(deps, 'read own security', actor);
  const factor = await db.secondFactor.findUnique({ where: { accountId }, select: { confirmedAt: true } });
  const codesLeft = await db.recoveryCode.count({ where: { accountId, usedAt: null } });
  const credential = await db.credential.findUnique({ where: { accountId }, select: { pinHash: true } });
  return {
    secondFactor: factor?.confirmedAt ? { confirmedAt: factor.confirmedAt, codesLeft } : null,
    hasPin: actor.kind === 'staff' ? credential?.pinHash != null : null,
  };
}
