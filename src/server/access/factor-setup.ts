/** Setting up a second factor, its recovery codes, and switching it off. The doors to these want a fresh proof (`freshlyProven`). */
import { randomInt } from 'node:crypto';
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { recoveryCodeCount } from '../../domain/account.ts';
import { qrCode } from '../../domain/qr.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { seal, unseal } from '../keys.ts';
import { invalid } from '../refused-write.ts';
import { noteEntry } from '../trail/note.ts';
import type { DoorSettings } from './attempts.ts';
import { refusedLonePassword } from './password-rules.ts';
import { verifyPassword } from './passwords.ts';
import { tellOwner } from './recovery.ts';
import type { Signed } from './register.ts';
import { factorKey, plainCode, recoveryHash } from './second-factor.ts';
import { revokeSessionsOf } from './sessions.ts';
import { newSeed, otpauthUri, stepsMatching } from './totp.ts';

/** Without letters and digits that are taken for each other. */
const codeLetters = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Twelve of thirty-one: 59 bits, behind the counters of the doors. */
const codeGroups = 3;
const groupLength = 4;

const newRecoveryCode = (): string =>
  Array.from({ length: codeGroups }, () =>
    Array.from({ length: groupLength }, () => codeLetters[randomInt(codeLetters.length)]).join(''),
  ).join('-');

export interface FactorToScan {
  /** For typing, where nothing can be scanned. */
  seed: string;
  /** The QR code row by row, a 1 for each dark module. */
  rows: string[];
}

/** What one line of an authenticator shows; longer names would only make the picture denser. */
const shown = (text: string): string => Array.from(text.replaceAll(':', ' ')).slice(0, 40).join('');

/**
 * Makes a seed and keeps it sealed. It counts once a code of it was shown (`confirmFactor`); begun anew, the seed before is worthless.
 * Refuses with `stale` where a second factor is confirmed already.
 */
export async function beginFactor(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
): Promise<Result<FactorToScan>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'second factor', actor);
  const { accountId } = signed;
  const seed = newSeed();
  const seedSealed = seal(factorKey(settings.masterKey), seed, accountId);
  return transact(db, async (tx): Promise<Result<FactorToScan>> => {
    const account = await lockAccount(tx, accountId);
    if (await isConfirmed(tx, accountId)) return refuse('stale', { noun: 'second_factor' });
    const made = { seedSealed, createdAt: deps.now(), confirmedAt: null, lastStep: null };
    await tx.secondFactor.upsert({
      where: { accountId },
      create: { accountId, ...made },
      update: made,
    });
    const clinic = await tx.clinic.findFirst({ select: { name: true } });
    const issuer = shown(clinic?.name ?? 'Dermis');
    const rows = qrCode(otpauthUri({ seed, issuer, accountName: shown(account.email) }));
    return done({
      seed,
      rows: rows.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join('')),
    });
  });
}

/**
 * Confirms the seed by a code of it. Every other session ends, the person is told by mail, and ten recovery codes are given, here and
 * never again. Refuses a wrong code at `code`, and with `stale` where nothing was begun or somebody was quicker.
 */
export async function confirmFactor(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
  code: string,
): Promise<Result<{ recoveryCodes: string[] }>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'second factor', actor);
  const { accountId, sessionId } = signed;
  return transact(db, async (tx): Promise<Result<{ recoveryCodes: string[] }>> => {
    await lockAccount(tx, accountId);
    const now = deps.now();
    const factor = await tx.secondFactor.findUnique({ where: { accountId } });
    const seed = factor && unseal(factorKey(settings.masterKey), factor.seedSealed, accountId);
    if (!factor || factor.confirmedAt || !seed) return refuse('stale', { noun: 'second_factor' });
    const step = stepsMatching(seed, plainCode(code), now).at(-1);
    if (step === undefined) return invalid('code', 'factor_code_wrong');
    await tx.secondFactor.update({ where: { accountId }, data: { confirmedAt: now, lastStep: step } });
    await tx.session.updateMany({
      where: { id: sessionId, accountId },
      data: { openedBy: 'second_factor', provenAt: now },
    });
    await revokeSessionsOf(tx, accountId, now, 'second factor set up', sessionId);
    await tellOwner(tx, deps, accountId, 'second_factor_on');
    return done({ recoveryCodes: await giveRecoveryCodes(tx, deps, settings, accountId) });
  });
}

/** Ten new recovery codes in place of the others. Refuses with `stale` where there is no second factor. */
export async function renewRecoveryCodes(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
): Promise<Result<{ recoveryCodes: string[] }>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'second factor', actor);
  return transact(db, async (tx): Promise<Result<{ recoveryCodes: string[] }>> => {
    await lockAccount(tx, signed.accountId);
    if (!(await isConfirmed(tx, signed.accountId))) return refuse('stale', { noun: 'second_factor' });
    return done({ recoveryCodes: await giveRecoveryCodes(tx, deps, settings, signed.accountId) });
  });
}

/**
 * Takes the second factor away, with its recovery codes; other sessions end. The password is asked for, because from now on it stands
 * alone: one that is too short for that is refused at `password` until it is changed. Refuses a wrong one there too.
 */
export async function switchOffFactor(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  password: string,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'second factor', actor);
  const { accountId, sessionId } = signed;
  const own = await db.credential.findUnique({ where: { accountId } });
  if (!(await verifyPassword(own?.passwordHash ?? null, password)))
    return invalid('password', 'password_wrong');
  const weak = await refusedLonePassword(db, 'password', password, accountId);
  if (weak) return weak;
  return transact(db, async (tx): Promise<Result<null>> => {
    await lockAccount(tx, accountId);
    if (await dropFactor(tx, deps, accountId))
      await revokeSessionsOf(tx, accountId, deps.now(), 'second factor switched off', sessionId);
    return done(null);
  });
}

/** Takes the second factor away with its recovery codes and tells the owner by mail; false where there was none. To be called as the system. */
export async function dropFactor(tx: Tx, deps: Deps, accountId: string): Promise<boolean> {
  const { count } = await tx.secondFactor.deleteMany({ where: { accountId } });
  await tx.recoveryCode.deleteMany({ where: { accountId } });
  if (count > 0) await tellOwner(tx, deps, accountId, 'second_factor_off');
  return count > 0;
}

/** What concerns one account's second factor comes one after the other. */
export async function lockAccount(tx: Tx, accountId: string): Promise<{ email: string }> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
  return tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true } });
}

const isConfirmed = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await tx.secondFactor.count({ where: { accountId, confirmedAt: { not: null } } })) > 0;

async function giveRecoveryCodes(
  tx: Tx,
  deps: Deps,
  settings: DoorSettings,
  accountId: string,
): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  await tx.recoveryCode.deleteMany({ where: { accountId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({
      id: deps.newId(),
      accountId,
      codeHash: recoveryHash(settings.masterKey, accountId, code),
    })),
  });
  await noteEntry(tx, {
    action: 'account.recovery_codes_given',
    subjectType: 'account',
    subjectId: accountId,
  });
  return codes;
}
