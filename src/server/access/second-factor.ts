/** The second factor: whether an account has one, and spending what is shown of it. Seeds are sealed, recovery codes hashed. */
import { createHmac } from 'node:crypto';
import type { Tx } from '../db.ts';
import { keyFor, unseal } from '../keys.ts';
import { noteEntry } from '../trail/note.ts';
import { stepsMatching } from './totp.ts';

export interface FactorSettings {
  masterKey: string;
  now: Date;
}

export const factorKey = (masterKey: string): Buffer => keyFor(masterKey, 'second factor');

/** True once a code of it has been shown: a seed that nobody has proven to hold doesn't count. */
export async function hasSecondFactor(tx: Tx, accountId: string): Promise<boolean> {
  const factor = await tx.secondFactor.findUnique({ where: { accountId }, select: { confirmedAt: true } });
  return factor?.confirmedAt != null;
}

/** What people type: capitals, blanks and dashes are their own; the letters that look like digits are never used. */
export const plainCode = (typed: string): string =>
  typed.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');

/** Keyed, because a code short enough to be typed could be found from its plain hash. */
export const recoveryHash = (masterKey: string, accountId: string, code: string): Buffer<ArrayBuffer> =>
  Buffer.from(
    createHmac('sha256', factorKey(masterKey))
      .update(`recovery\0${accountId}\0${plainCode(code)}`)
      .digest(),
  );

/**
 * True where `code` is the factor's code of this moment (a step of 30 seconds either way), or an unused recovery code. What is
 * accepted is spent by the statement that accepts it: no step is accepted twice, nor an older one, nor a recovery code, however many
 * try at once. False where the account has no confirmed factor. To be called as the system, and counted before.
 */
export async function spendSecondFactor(
  tx: Tx,
  settings: FactorSettings,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { masterKey, now } = settings;
  const factor = await tx.secondFactor.findUnique({ where: { accountId } });
  if (!factor?.confirmedAt) return false;
  const seed = unseal(factorKey(masterKey), factor.seedSealed, accountId);
  if (seed !== null)
    for (const step of stepsMatching(seed, plainCode(code), now)) {
      const { count } = await tx.secondFactor.updateMany({
        where: {
          accountId,
          confirmedAt: { not: null },
          OR: [{ lastStep: null }, { lastStep: { lt: step } }],
        },
        data: { lastStep: step },
      });
      if (count > 0) return true;
    }
  return spendRecoveryCode(tx, settings, accountId, code);
}

async function spendRecoveryCode(
  tx: Tx,
  { masterKey, now }: FactorSettings,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { accountId, codeHash: recoveryHash(masterKey, accountId, code), usedAt: null },
    data: { usedAt: now },
  });
  if (count === 0) return false;
  await noteEntry(tx, {
    action: 'account.recovery_code_used',
    subjectType: 'account',
    subjectId: accountId,
  });
  return true;
}
