/** A furnished house with an administrator, made anew before each test: for what is set up of it and its people. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Actor, type Right, shippedRoles } from '../../src/domain/access/actor.ts';
import type { Result } from '../../src/domain/refusal.ts';
import type { Deps } from '../../src/server/deps.ts';
import { openDeps } from './clinic.ts';
import { type TestClock, fixedClock } from './clock.ts';
import { fileDatabase, type TestDatabase } from './database.ts';
import { emptyHouse, makeHouse } from './house.ts';

const roleKeys = ['administrator', 'receptionist', 'specialist', 'client'] as const;
type RoleKey = (typeof roleKeys)[number];

export interface Administration {
  database(): TestDatabase;
  deps(): Deps;
  clock: TestClock;
  roleIds: Record<RoleKey, string>;
  adminAccount: string;
  admin: Actor;
  /** Somebody of the staff with the rights of a shipped role, or with `own` instead. */
  actorWith(role: RoleKey, own?: readonly Right[]): Actor;
}

/** To be called once at the top of a test file. */
export function administration(): Administration {
  const database = fileDatabase();
  const clock = fixedClock();
  let deps: Awaited<ReturnType<typeof openDeps>> | undefined;
  const opened = () => {
    if (!deps) throw new Error('The house stands inside of tests and hooks only.');
    return deps;
  };
  const ids = Object.fromEntries(roleKeys.map((key) => [key, randomUUID()])) as Record<RoleKey, string>;
  const adminAccount = randomUUID();
  const actorWith = (role: RoleKey, own: readonly Right[] = shippedRoles[role]): Actor => ({
    kind: 'staff',
    accountId: adminAccount,
    name: role,
    roleKeys: [role],
    rights: new Set(own),
    specialistId: null,
  });
  beforeAll(async () => {
    deps = await openDeps(database(), clock);
  });
  afterAll(() => deps?.close());
  beforeEach(async () => {
    await emptyHouse(database().ownerUrl);
    await makeHouse(database().db);
    await opened().db.role.createMany({
      data: roleKeys.map((key) => ({
        id: ids[key],
        key,
        name: key,
        rights: [...shippedRoles[key]],
        isShipped: true,
      })),
    });
    await opened().db.account.create({
      data: {
        id: adminAccount,
        name: 'Ada',
        email: 'ada@example.com',
        emailVerifiedAt: clock.now(),
        roles: { create: { roleId: ids.administrator } },
      },
    });
  });
  return {
    database,
    deps: opened,
    clock,
    roleIds: ids,
    adminAccount,
    admin: actorWith('administrator'),
    actorWith,
  };
}

export const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export const issue = (path: string, code: string) => ({ code: 'invalid_input', issues: [{ path, code }] });
