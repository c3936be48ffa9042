/** One's own account: what it knows, and changing it. */
import { type Actor, actorId } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { AccountLocale, ChangePasswordInput, UpdateAccountInput } from '../../domain/account.ts';
import { fullName } from '../../domain/contact.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, type Prisma, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { secondsUntilNextProof } from './proof.ts';
import type { Signed } from './register.ts';
import { revokeSessionsOf } from './sessions.ts';
import { nextVersion } from '../versioned.ts';

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
    await changeOwnCard(tx, actor, now, card, { firstName, lastName, phone: input.phone ?? card.phone });
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
    if (account.client) await changeOwnCard(tx, actor, now, account.client, { locale });
  });
  deps.announcer.announce();
  return done(null);
}

/** Writes what differs, and into the trail what it was that differed. */
async function changeOwnCard(
  tx: Tx,
  actor: Actor,
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
  await tx.auditEntry.create({
    data: {
      at: now,
      actorId: actorId(actor),
      actorKind: actor.kind,
      action: 'client.edit_own',
      subjectType: 'client',
      subjectId: card.id,
      detail: { fields },
    },
  });
  await noteChange(tx, { topic: 'client', entityId: card.id });
}

/** Sets a new password and ends every other session. Refuses with `wrong_credentials`, and `stale` when it was changed meanwhile. */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  input: ChangePasswordInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { passwordHash } = await deps.db.account.findUniqueOrThrow({ where: { id: signed.accountId } });
  if (!(await verifyPassword(passwordHash, input.currentPassword))) return refuse('wrong_credentials');
  const newHash = await hashPassword(input.newPassword);
  return transact<Result<null>>(deps.db, async (tx) => {
    const { count } = await tx.account.updateMany({
      where: { id: signed.accountId, passwordHash },
      data: { passwordHash: newHash },
    });
    if (count === 0) return refuse('stale', { noun: 'account' });
    await revokeSessionsOf(tx, signed.accountId, deps.now(), 'password changed', signed.sessionId);
    return done(null);
  });
}
