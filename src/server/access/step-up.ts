/** A fresh proof of who holds the session: for what can't be taken back or opens much (`freshlyProven`). */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import type { ProveInput } from '../../domain/account.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { invalid } from '../refused-write.ts';
import { noteEntry } from '../trail/note.ts';
import { countAttempt, type DoorSettings, forgive } from './attempts.ts';
import { verifyPassword } from './passwords.ts';
import type { Signed } from './register.ts';
import { hasSecondFactor, spendSecondFactor } from './second-factor.ts';
import type { Origin } from './sessions.ts';

/**
 * Password, and a code where there is a second factor: from now on, for ten minutes, the session counts as freshly proven. Refuses a
 * wrong password or code at its field, with `second_factor_asked` once the password is right and there is no code, and with `wait`
 * after too many tries.
 */
export async function prove(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
  origin: Origin,
  input: ProveInput,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'prove', actor);
  const { accountId, sessionId } = signed;
  const counted = await countAttempt(deps, settings, {
    door: 'step_up',
    accountId,
    ipAddress: origin.ipAddress,
    deviceId: sessionId,
  });
  if (!counted.ok) return counted;
  const own = await db.credential.findUnique({ where: { accountId } });
  const matches = await verifyPassword(own?.passwordHash ?? null, input.password);
  return transact(db, async (tx): Promise<Result<null>> => {
    const failed = async (path: string, code: string) => {
      await noteEntry(tx, { action: 'account.prove_failed', subjectType: 'account', subjectId: accountId });
      return invalid(path, code);
    };
    if (!matches) return failed('password', 'password_wrong');
    const now = deps.now();
    if (await hasSecondFactor(tx, accountId)) {
      if (input.code === '') return refuse('second_factor_asked');
      if (!(await spendSecondFactor(tx, { ...settings, now }, accountId, input.code)))
        return failed('code', 'factor_code_wrong');
    }
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, accountId, revokedAt: null },
      data: { provenAt: now },
    });
    if (count === 0) return refuse('not_signed_in');
    await forgive(tx, counted.value);
    await noteEntry(tx, { action: 'account.prove', subjectType: 'account', subjectId: accountId });
    return done(null);
  });
}
