/** Registering while booking, and proving the address that was typed. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { ProofOutcome, ProveEmailInput, RegisterInput } from '../../domain/account.ts';
import { fullName } from '../../domain/contact.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { rememberDevice } from './devices.ts';
import { joinProven } from './join.ts';
import { refusedPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { askForProof, secondsUntilNextProof, tryCode } from './proof.ts';
import { noteSignIn, type Origin, openSession } from './sessions.ts';

/**
 * Opens a new account with an unproven address, a card of its own and a session. Whether the address is known here is
 * neither looked up nor told: the answer and the work (one hash, the same rows, one message) are the same (ACC-1).
 * Refuses a weak password at its field, and with `forbidden` somebody who is signed in already.
 */
export async function register(
  deps: Deps,
  actor: Actor,
  origin: Origin,
  input: RegisterInput,
): Promise<Result<Entered>> {
  if (!can(actor, 'account.enter') || actor.kind !== 'nobody') return refuse('forbidden');
  const weak = await refusedPassword(deps.db, 'password', input.password, {
    texts: [fullName(input), input.email],
    hasSecondFactor: false,
  });
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  const now = deps.now();
  const { db } = asSystem(deps, 'register', actor);
  const entered = await transact(db, async (tx): Promise<Entered> => {
    const { id: roleId } = await tx.role.findUniqueOrThrow({ where: { key: 'client' } });
    const accountId = deps.newId();
    const clientId = deps.newId();
    const contact = { email: input.email, phone: input.phone, locale: input.locale, createdAt: now };
    await tx.account.create({
      data: {
        ...contact,
        id: accountId,
        name: fullName(input),
        credential: { create: { passwordHash, changedAt: now } },
        roles: { create: { roleId } },
      },
    });
    await tx.client.create({
      data: {
        ...contact,
        id: clientId,
        accountId,
        firstName: input.firstName,
        lastName: input.lastName,
        updatedAt: now,
      },
    });
    await askForProof(tx, deps, accountId, input.email);
    await noteChange(tx, { topic: 'client', entityId: clientId });
    const device = await rememberDevice(tx, deps, accountId, origin);
    const token = await openSession(tx, { id: deps.newId(), accountId, now, origin, deviceId: device.id });
    await noteSignIn(tx, accountId, { openedBy: 'registration', newDevice: device.token !== null });
    return { token, deviceToken: device.token };
  });
  deps.announcer.announce();
  return done(entered);
}

/** What this browser is given: the session's cookie, and the device's where it gets another. */
export interface Entered {
  token: string;
  deviceToken: string | null;
}

export interface Signed {
  accountId: string;
  sessionId: string;
}

/**
 * Proves the account's address by the code sent to it and joins what belongs together (see `joinProven`). A new session
 * takes the place of this one: what opens other people's visits must not be an id that was known before.
 * Refuses with `proof_refused` (`wrong`, `expired`, `too_many_tries`) and `account_blocked`.
 */
export async function proveEmail(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  origin: Origin,
  input: ProveEmailInput,
): Promise<Result<Entered & { outcome: ProofOutcome }>> {
  if (!can(actor, 'client.prove_contact')) return refuse('forbidden');
  const now = deps.now();
  const { db } = asSystem(deps, 'prove address', actor);
  const result = await transact<Result<Entered & { outcome: ProofOutcome }>>(db, async (tx) => {
    // Held: an address that is corrected meanwhile isn't the one whose code this is.
    await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${signed.accountId}::uuid FOR UPDATE`;
    const account = await tx.account.findUniqueOrThrow({ where: { id: signed.accountId } });
    const tried = await tryCode(tx, account, input.code, now);
    if (!tried.ok) return tried;
    const joined = await joinProven(tx, deps, actor, account);
    if (!joined.ok) return joined;
    await tx.session.updateMany({
      where: { id: signed.sessionId, revokedAt: null },
      data: { revokedAt: now, revokedReason: 'address proven' },
    });
    const { accountId, outcome } = joined.value;
    const device = await rememberDevice(tx, deps, accountId, origin);
    const id = deps.newId();
    const token = await openSession(tx, {
      id,
      accountId,
      now,
      origin,
      openedBy: 'proof',
      deviceId: device.id,
    });
    await noteSignIn(tx, accountId, { openedBy: 'proof', newDevice: device.token !== null });
    if (device.isSurprising) await deps.queue.send(tx, 'notify-sign-in', { sessionId: id });
    return done({ outcome, token, deviceToken: device.token });
  });
  deps.announcer.announce();
  return result;
}

/** Sends another code. Refuses with `wait` within a minute of the last one; an address that had five this hour gets none. */
export async function resendCode(
  deps: Deps,
  actor: Actor,
  accountId: string,
): Promise<Result<{ waitSeconds: number }>> {
  if (!can(actor, 'client.prove_contact')) return refuse('forbidden');
  const { db } = asSystem(deps, 'prove address', actor);
  return transact<Result<{ waitSeconds: number }>>(db, async (tx) => sendAnother(tx, deps, accountId));
}

/** Mends a mistyped address while it is still unproven, and sends a code there. Refuses with `forbidden` once it is proven, and `wait`. */
export async function correctEmail(
  deps: Deps,
  actor: Actor,
  accountId: string,
  email: string,
): Promise<Result<{ waitSeconds: number }>> {
  if (!can(actor, 'client.prove_contact')) return refuse('forbidden');
  const { db } = asSystem(deps, 'prove address', actor);
  const result = await transact<Result<{ waitSeconds: number }>>(db, async (tx) => {
    const sent = await sendAnother(tx, deps, accountId, email);
    if (!sent.ok) return sent;
    const card = await tx.client.findUnique({ where: { accountId }, select: { id: true } });
    if (!card) return sent;
    await tx.client.update({ where: { id: card.id }, data: { email, updatedAt: deps.now() } });
    await noteChange(tx, { topic: 'client', entityId: card.id });
    return sent;
  });
  deps.announcer.announce();
  return result;
}

async function sendAnother(
  tx: Tx,
  deps: Deps,
  accountId: string,
  newEmail?: string,
): Promise<Result<{ waitSeconds: number }>> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
  if (account.emailVerifiedAt) return refuse('forbidden');
  const seconds = await secondsUntilNextProof(tx, accountId, deps.now());
  if (seconds > 0) return refuse('wait', { seconds });
  const email = newEmail ?? account.email;
  if (email !== account.email) await tx.account.update({ where: { id: accountId }, data: { email } });
  await askForProof(tx, deps, accountId, email);
  return done({ waitSeconds: await secondsUntilNextProof(tx, accountId, deps.now()) });
}
