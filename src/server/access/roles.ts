/** Roles: sets of rights that an administrator composes. Sessions read them at every request, so that a change acts on the next one. */
import type { z } from 'zod';
import { type Actor, type Right, rights as allRights } from '../../domain/access/actor.ts';
import { outranks } from '../../domain/access/outrank.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import type { roleRefInput, saveRoleInput } from '../../domain/role.ts';
import { Prisma, transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { noteChange } from '../live/events.ts';
import { invalid, undo } from '../refused-write.ts';
import { nextVersion, writeOver } from '../versioned.ts';

export interface RoleRow {
  id: string;
  key: string;
  name: string;
  rights: Right[];
  isShipped: boolean;
  version: number;
  /** How many accounts hold it. */
  accountCount: number;
  /** Whether this actor may change it: never what is beyond their own rights, nor what is fixed for everybody. */
  mayEdit: boolean;
}

/** An administrator may everything, a client nothing beyond their own: of these two nothing is composed. */
const isFixed = (key: string): boolean => key === 'administrator' || key === 'client';

/** Every role with how many hold it: the shipped ones, then the clinic's own by name. Refuses `forbidden`. */
export async function listRoles(deps: Deps, actor: Actor): Promise<Result<RoleRow[]>> {
  if (!can(actor, 'role.view')) return refuse('forbidden');
  // Who composes roles needn't see the accounts, only how many there are.
  const { db } = asSystem(deps, 'list roles', actor);
  const roles = await db.role.findMany({
    orderBy: [{ isShipped: 'desc' }, { name: 'asc' }],
    include: { _count: { select: { accounts: true } } },
  });
  return done(
    roles.map((role) => ({
      id: role.id,
      key: role.key,
      name: role.name,
      rights: allRights.filter((right) => role.rights.includes(right)),
      isShipped: role.isShipped,
      version: role.version,
      accountCount: role._count.accounts,
      mayEdit: can(actor, 'role.edit') && !isFixed(role.key) && outranks(actor, [role]),
    })),
  );
}

/**
 * Makes or changes a role. Refuses `forbidden` to whoever may not, and where the role has, or would get, rights the actor lacks;
 * `not_found`, `stale`, and at the fields: a name in use, another name for a shipped role, anything about the roles of administrators
 * and clients, and taking away the last way to compose roles and accounts (`last_keeper`).
 */
export async function saveRole(
  deps: Deps,
  actor: Actor,
  input: z.infer<typeof saveRoleInput>,
): Promise<Result<{ roleId: string; version: number }>> {
  if (!can(actor, 'role.edit')) return refuse('forbidden');
  const wanted = allRights.filter((right) => input.role.rights.includes(right));
  if (!outranks(actor, [{ rights: wanted }])) return refuse('forbidden');
  const { db } = asSystem(deps, 'save role', actor);
  type Saved = { roleId: string; version: number };
  const result = await transact(db, async (tx): Promise<Result<Saved>> => {
    await lockRoles(tx);
    const roleId = input.roleId ?? deps.newId();
    const before = input.roleId === null ? null : await tx.role.findUnique({ where: { id: roleId } });
    const refused = before && whyFixed(actor, before, input.role.name);
    if (refused) return refused;
    const version = input.roleId === null ? 1 : await writeRole(tx, roleId, input, wanted);
    const { name } = input.role;
    const sameName = { id: { not: roleId }, name: { equals: name, mode: 'insensitive' as const } };
    if ((await tx.role.count({ where: sameName })) > 0) throw undo(invalid('role.name', 'taken'));
    if (input.roleId === null)
      await tx.role.create({ data: { id: roleId, key: roleId, name, rights: wanted } });
    if (before && keeperRights.some((right) => before.rights.includes(right) && !wanted.includes(right)))
      if (!(await hasKeeper(tx))) throw undo(invalid('role.rights', 'last_keeper'));
    await noteChange(tx, { topic: 'people', entityId: roleId });
    return done({ roleId, version });
  });
  deps.announcer.announce();
  return result;
}

function whyFixed(
  actor: Actor,
  role: { key: string; name: string; rights: string[]; isShipped: boolean },
  newName: string,
): Result<never> | null {
  if (role.key === 'administrator') return invalid('role.rights', 'administrator_whole');
  if (role.key === 'client') return invalid('role.rights', 'client_nothing');
  if (role.isShipped && newName !== role.name) return invalid('role.name', 'shipped_name');
  return outranks(actor, [role]) ? null : refuse('forbidden');
}

const writeRole = (
  tx: Tx,
  id: string,
  input: z.infer<typeof saveRoleInput>,
  rights: Right[],
): Promise<number> =>
  writeOver('role', input.version, {
    write: (version) =>
      tx.role.updateMany({
        where: { id, version },
        data: { name: input.role.name, rights, version: nextVersion },
      }),
    exists: () => tx.role.count({ where: { id } }),
  });

/**
 * Removes a role of the clinic's own. Refuses `forbidden`, also where it has rights the actor lacks; `not_found`, `in_use` with how many
 * accounts hold it, and a shipped one (`shipped_role`).
 */
export async function deleteRole(
  deps: Deps,
  actor: Actor,
  { roleId }: z.infer<typeof roleRefInput>,
): Promise<Result<null>> {
  if (!can(actor, 'role.edit')) return refuse('forbidden');
  const { db } = asSystem(deps, 'delete role', actor);
  const result = await transact(db, async (tx): Promise<Result<null>> => {
    await lockRoles(tx);
    const role = await tx.role.findUnique({ where: { id: roleId } });
    if (!role) return refuse('not_found', { noun: 'role' });
    if (role.isShipped) return invalid('roleId', 'shipped_role');
    if (!outranks(actor, [role])) return refuse('forbidden');
    const count = await tx.accountRole.count({ where: { roleId } });
    if (count > 0) return refuse('in_use', { noun: 'role', count });
    await tx.role.delete({ where: { id: roleId } });
    await noteChange(tx, { topic: 'people', entityId: roleId });
    return done(null);
  });
  deps.announcer.announce();
  return result;
}

/** Changes of roles, and of who holds them, come one after the other: two at once must not take both last ways away. */
async function lockRoles(tx: Tx): Promise<void> {
  await tx.$executeRaw`LOCK TABLE role IN SHARE ROW EXCLUSIVE MODE`;
  await tx.$executeRaw`LOCK TABLE account_role IN SHARE ROW EXCLUSIVE MODE`;
}

/** Whoever has both can give everything back. */
const keeperRights: readonly Right[] = ['roles.edit', 'people.edit'];

async function hasKeeper(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ kept: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT FROM account a WHERE a.blocked_at IS NULL AND ${[...keeperRights]}::text[] <@ (
      SELECT array_agg(held) FROM account_role ar JOIN role r ON r.id = ar.role_id, unnest(r.rights) AS held
      WHERE ar.account_id = a.id)) AS kept`);
  return row?.kept ?? false;
}
