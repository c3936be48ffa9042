/** Accounts of the staff and what they may do. There is always one administrator who can sign in. */
import type { z } from 'zod';
import { type Actor, actorId } from '../../domain/access/actor.ts';
import { outranks } from '../../domain/access/outrank.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { createStaffInput, resetPasswordInput, updateStaffInput } from '../../domain/staff-account.ts';
import { dropFactor } from '../access/factor-setup.ts';
import { othersAccountToChange } from '../access/others-account.ts';
import { refusedLonePassword, refusedPassword } from '../access/password-rules.ts';
import { hashPassword } from '../access/passwords.ts';
import { tellOwner } from '../access/recovery.ts';
import { revokeSessionsOf } from '../access/sessions.ts';
import { type Tx, transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, refusingViolations, undo } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

const violations = {
  account_verified_email: { path: 'email', code: 'taken' },
  // A role that was removed while it was being given.
  account_role_role_id_fkey: { path: 'roleIds', code: 'unknown' },
};

/** The roles may be given by this actor: they exist, are for staff (a client's isn't given here) and don't outrank. */
async function checkRoles(tx: Tx, actor: Actor, roleIds: readonly string[]): Promise<Result<never> | null> {
  const roles = await tx.role.findMany({ where: { id: { in: [...roleIds] }, key: { not: 'client' } } });
  if (roles.length !== new Set(roleIds).size) return invalid('roleIds', 'unknown');
  return outranks(actor, roles) ? null : refuse('forbidden');
}

/**
 * Makes an account that can sign in at once; the administrator vouches for the address. Refuses `forbidden`, an address in
 * use, a weak password and roles that don't exist, at their fields; `forbidden` also for roles with rights the actor lacks.
 */
export async function createStaff(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof createStaffInput>,
): Promise<Result<{ accountId: string }>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { db } = asSystem(deps, 'create staff', actor);
  const texts = [input.name, input.email];
  const weak = await refusedPassword(db, 'password', input.password, { texts, hasSecondFactor: false });
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  const accountId = deps.newId();
  const work = transact(db, async (tx): Promise<Result<{ accountId: string }>> => {
    const problem = await checkRoles(tx, actor, input.roleIds);
    if (problem) return problem;
    const now = deps.now();
    await tx.account.create({
      data: {
        id: accountId,
        name: input.name,
        email: input.email,
        emailVerifiedAt: now,
        credential: { create: { passwordHash, changedAt: now } },
        createdAt: now,
        roles: { create: [...new Set(input.roleIds)].map((roleId) => ({ roleId })) },
      },
    });
    await noteChange(tx, { topic: 'people', entityId: accountId });
    return done({ accountId });
  });
  const result = await refusingViolations(work, violations);
  deps.announcer.announce();
  return result;
}

/**
 * Changes name, roles and whether the account may sign in; a blocked one is signed out everywhere, and may say why. Refuses `forbidden`,
 * `not_found`, `stale`, unknown roles, and to take away the last administrator, oneself or one's own role, at the field.
 */
export async function updateStaff(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof updateStaffInput>,
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { accountId, name, roleIds, isBlocked } = input;
  const result = await transact(deps.db, async (tx): Promise<Result<null>> => {
    // Two administrators taking each other's role away at once must not leave none.
    await tx.$executeRaw`LOCK TABLE account_role IN SHARE ROW EXCLUSIVE MODE`;
    const found = await othersAccountToChange(tx, actor, { accountId });
    if (!found.ok) return found;
    if (isBlocked && actorId(actor) === accountId) return invalid('isBlocked', 'block_self');
    const now = deps.now();
    const before = found.value;
    const reason = input.blockedReason === undefined ? before.blockedReason : input.blockedReason;
    const blocking = isBlocked
      ? { blockedAt: before.blockedAt ?? now, blockedReason: reason }
      : { blockedAt: null, blockedReason: null };
    await writeOver('account', input.version, {
      write: (version) =>
        tx.account.updateMany({
          where: { id: accountId, version },
          data: { name, ...blocking, version: nextVersion },
        }),
      exists: () => tx.account.count({ where: { id: accountId } }),
    });
    const problem = await checkRoles(tx, actor, roleIds);
    if (problem) throw undo(problem);
    // Only what differs: the trail tells of every role that was given or taken.
    await tx.accountRole.deleteMany({ where: { accountId, roleId: { notIn: roleIds } } });
    await tx.accountRole.createMany({
      data: [...new Set(roleIds)].map((roleId) => ({ accountId, roleId })),
      skipDuplicates: true,
    });
    const administrators = await tx.account.count({
      where: { blockedAt: null, roles: { some: { role: { key: 'administrator' } } } },
    });
    if (administrators === 0) throw undo(invalid(isBlocked ? 'isBlocked' : 'roleIds', 'last_administrator'));
    if (isBlocked) await revokeSessionsOf(tx, accountId, now, 'blocked');
    await noteChange(tx, { topic: 'people', entityId: accountId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/**
 * Gives a colleague a new password (a client's is the client's own), ends every session opened with the old one, takes the PIN away
 * (and the second factor, where it is lost) and tells the owner by mail. Refuses `forbidden`, `not_found`, and a weak one at its field.
 */
export async function resetPassword(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof resetPasswordInput>,
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const passwordHash = await hashPassword(input.password);
  const { accountId } = input;
  const { db } = asSystem(deps, 'reset password', actor);
  return transact(db, async (tx): Promise<Result<null>> => {
    const found = await othersAccountToChange(tx, actor, { accountId });
    if (!found.ok) return found;
    const weak = await refusedLonePassword(tx, 'password', input.password, accountId);
    if (weak) return weak;
    await giveCredentials(tx, deps, { accountId, passwordHash, withFactor: input.withFactor });
    return done(null);
  });
}

/** The new password is the only one from now on; whoever is signed in with the old one is out, and the owner hears of it by mail. */
export async function giveCredentials(
  tx: Tx,
  deps: Deps,
  { accountId, passwordHash, withFactor }: { accountId: string; passwordHash: string; withFactor: boolean },
): Promise<void> {
  const now = deps.now();
  const changed = { passwordHash, changedAt: now, pinHash: null };
  await tx.credential.upsert({ where: { accountId }, create: { accountId, ...changed }, update: changed });
  await revokeSessionsOf(tx, accountId, now, 'password reset');
  await tellOwner(tx, deps, accountId, 'password_changed');
  if (withFactor) await dropFactor(tx, deps, accountId);
}
