/** A forgotten password: a link by mail to the proven address, good once, for ten minutes. What is answered tells nothing. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import {
  type AskResetInput,
  resetLifeMinutes,
  type ResetByLinkInput,
  resetsPerHour,
} from '../../domain/account.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { invalid, undo } from '../refused-write.ts';
import { straight } from '../sql.ts';
import { noteEntry } from '../trail/note.ts';
import { countAttempt, type DoorSettings, forgetStrangers } from './attempts.ts';
import { readDevice } from './devices.ts';
import { hashPassword } from './passwords.ts';
import { refusedPasswordOf } from './password-rules.ts';
import { hasSecondFactor, spendSecondFactor } from './second-factor.ts';
import { type Origin, revokeSessionsOf } from './sessions.ts';
import { hashToken, newToken } from './tokens.ts';

const HOUR_MS = 3_600_000;

/**
 * Asks for a link to choose a new password. Only the proven owner of an address gets one. Whether there is an account is not told: the
 * answer and the work (one look-up, one job) are the same; the worker finds that the job concerns nobody. Refuses with `wait` and
 * `captcha_needed` where too much is asked.
 */
export async function askReset(
  deps: Deps,
  actor: Actor,
  settings: DoorSettings,
  origin: Origin,
  input: AskResetInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.enter')) return refuse('forbidden');
  const { email, puzzle } = input;
  const counted = await countAttempt(deps, settings, {
    door: 'recovery',
    email,
    ipAddress: origin.ipAddress,
    puzzle,
  });
  if (!counted.ok) return counted;
  const { db } = asSystem(deps, 'ask for recovery', actor);
  await transact(db, async (tx) => {
    const account = await tx.account.findFirst({
      where: { email, emailVerifiedAt: { not: null }, blockedAt: null },
      select: { id: true },
    });
    await deps.queue.send(tx, 'send-reset', {
      resetId: deps.newId(),
      accountId: account?.id ?? deps.newId(),
    });
  });
  return done(null);
}

export interface ResetToSend {
  token: string;
  email: string;
  name: string;
  locale: string | null;
}

/**
 * Makes the token of an asked-for link, in the transaction that writes the message: it exists nowhere before, and once. Null where
 * nobody gets one: no such account, blocked or unproven, made already, or five within the hour.
 */
export async function makeReset(
  tx: Tx,
  job: { resetId: string; accountId: string },
  now: Date,
): Promise<ResetToSend | null> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${job.accountId}::uuid FOR UPDATE`;
  const account = await tx.account.findUnique({ where: { id: job.accountId } });
  if (!account?.emailVerifiedAt || account.blockedAt) return null;
  const made = await tx.passwordReset.findMany({
    where: {
      accountId: account.id,
      OR: [{ createdAt: { gt: new Date(now.getTime() - HOUR_MS) } }, { id: job.resetId }],
    },
    select: { id: true },
  });
  if (made.length >= resetsPerHour || made.some(({ id }) => id === job.resetId)) return null;
  const token = newToken();
  await tx.passwordReset.create({
    data: {
      id: job.resetId,
      accountId: account.id,
      tokenHash: hashToken(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + resetLifeMinutes * 60_000),
    },
  });
  await noteEntry(tx, { action: 'account.ask_reset', subjectType: 'account', subjectId: account.id });
  return { token, email: account.email, name: account.name, locale: account.locale };
}

interface Spent {
  account_id: string;
}

/** Spends the link: by the one statement that looks whether it is the account's newest, unused and in time. */
async function spend(tx: Tx, token: string, now: Date): Promise<string | null> {
  const [spent] = await tx.$queryRaw<Spent[]>`
    UPDATE password_reset r SET used_at = ${now}
    WHERE r.token_hash = ${hashToken(token)} AND r.used_at IS NULL AND r.expires_at > ${now}
      AND r.id = (SELECT n.id FROM password_reset n WHERE n.account_id = r.account_id
        ORDER BY n.created_at DESC, n.id DESC LIMIT 1)
    RETURNING r.account_id`;
  return spent?.account_id ?? null;
}

/**
 * Sets a new password by the link that was mailed, ends every session, takes the PIN away and tells the person by mail. Signs nobody in.
 * A second factor is asked for here too (`second_factor_asked`), without using the link up; so is a better password. Refuses with
 * `link_lapsed` what is unknown, used, too old or replaced by a newer one, and whose account is blocked; with `wait` after too many
 * wrong codes.
 */
export async function resetByLink(
  deps: Deps,
  actor: Actor,
  settings: DoorSettings,
  origin: Origin,
  input: ResetByLinkInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.enter')) return refuse('forbidden');
  const { db } = asSystem(deps, 'recover account', actor);
  const now = deps.now();
  const asked = await db.passwordReset.findUnique({
    where: { tokenHash: hashToken(input.token) },
    include: { account: { select: { email: true } } },
  });
  if (!asked || asked.usedAt || asked.expiresAt <= now) return refuse('link_lapsed');
  const { accountId } = asked;
  const { email } = asked.account;
  const weak = await refusedPasswordOf(db, 'newPassword', input.newPassword, accountId);
  if (weak) return weak;
  if (await hasSecondFactor(db, accountId)) {
    if (input.code === '') return refuse('second_factor_asked');
    const device = await readDevice(db, origin.deviceToken);
    const counted = await countAttempt(deps, settings, {
      door: 'second_factor',
      email,
      accountId,
      ipAddress: origin.ipAddress,
      deviceId: device?.knownTo.has(accountId) ? device.id : null,
    });
    if (!counted.ok) return counted;
  }
  const passwordHash = await hashPassword(input.newPassword);
  const result = await transact(db, async (tx): Promise<Result<null>> => {
    if ((await spend(tx, input.token, now)) === null) return refuse('link_lapsed');
    const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
    if (account.blockedAt || !account.emailVerifiedAt) return refuse('link_lapsed');
    // Asked inside: a factor confirmed a moment ago counts.
    if (await hasSecondFactor(tx, accountId))
      if (!(await spendSecondFactor(tx, { ...settings, now }, accountId, input.code)))
        throw undo(invalid('code', 'factor_code_wrong'));
    const changed = { passwordHash, changedAt: now, pinHash: null };
    await tx.credential.upsert({
      where: { accountId },
      create: { accountId, ...changed },
      update: changed,
    });
    await revokeSessionsOf(tx, accountId, now, 'password recovered');
    await forgetStrangers(tx, settings, email);
    await noteEntry(tx, { action: 'account.recover', subjectType: 'account', subjectId: accountId });
    await tellOwner(tx, deps, accountId, 'password_changed');
    return done(null);
  });
  // What was written with a wrong code has been undone; that one was tried stays.
  if (!result.ok && result.refusal.code === 'invalid_input')
    await noteEntry(straight(db), {
      action: 'account.sign_in_refused',
      subjectType: 'account',
      subjectId: accountId,
      detail: { at: 'second_factor' },
    });
  return result;
}

/** Mails the owner of an account what has been changed about how it is entered. Ids only: the worker reads and writes. */
export const tellOwner = (
  tx: Tx,
  deps: Deps,
  accountId: string,
  kind: 'password_changed' | 'second_factor_on' | 'second_factor_off',
): Promise<void> => deps.queue.send(tx, 'notify-account', { noticeId: deps.newId(), accountId, kind });
