import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, rights, shippedRoles } from '../../src/domain/access/actor.ts';
import type { Result } from '../../src/domain/refusal.ts';
import { signIn } from '../../src/server/access/commands.ts';
import { listStaff } from '../../src/server/people/queries.ts';
import { letIn } from '../../src/server/people/let-in.ts';
import { createStaff, resetPassword, updateStaff } from '../../src/server/people/staff.ts';
import { openDeps } from '../support/clinic.ts';
import { fixedClock } from '../support/clock.ts';
import { fileDatabase } from '../support/database.ts';
import { emptyHouse, makeHouse } from '../support/house.ts';
import { by } from '../support/by.ts';
import { jobsOf } from '../support/jobs.ts';
import { doorSettings } from '../support/people.ts';

const database = fileDatabase();
const clock = fixedClock();
let deps: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  deps = await openDeps(database(), clock);
});
afterAll(() => deps.close());

const roleIds = {
  administrator: randomUUID(),
  receptionist: randomUUID(),
  specialist: randomUUID(),
  client: randomUUID(),
};
const adminAccount = randomUUID();
beforeEach(async () => {
  await emptyHouse(database().ownerUrl);
  await makeHouse(database().db);
  await deps.db.role.createMany({
    data: (['administrator', 'receptionist', 'specialist', 'client'] as const).map((key) => ({
      id: roleIds[key],
      key,
      name: key,
      rights: [...shippedRoles[key]],
      isShipped: true,
    })),
  });
  await deps.db.account.create({
    data: {
      id: adminAccount,
      name: 'Ada',
      email: 'ada@example.com',
      emailVerifiedAt: clock.now(),
      roles: { create: { roleId: roleIds.administrator } },
    },
  });
});

const actorWith = (
  role: keyof typeof shippedRoles,
  own: readonly (typeof rights)[number][] = shippedRoles[role],
): Actor => ({
  kind: 'staff',
  accountId: adminAccount,
  name: role,
  roleKeys: [role],
  rights: new Set(own),
  specialistId: null,
});
const admin = actorWith('administrator');
const refusalOf = (result: Result<unknown>) => (result.ok ? null : result.refusal);
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
const issue = (path: string, code: string) => ({ code: 'invalid_input', issues: [{ path, code }] });

const newcomer = (changes: object = {}) => ({
  name: 'Rosa',
  email: 'rosa@example.com',
  roleIds: [roleIds.receptionist],
  password: 'correct horse battery',
  ...changes,
});
const origin = { userAgent: null, ipAddress: null };

describe('staff accounts', () => {
  test('sign in at once, and not once blocked', async () => {
    const { accountId } = valueOf(await by(createStaff, deps, admin, newcomer()));
    const credentials = { email: 'rosa@example.com', password: 'correct horse battery' };
    expect((await signIn(deps, doorSettings, origin, credentials)).ok).toBe(true);
    expect(refusalOf(await by(createStaff, deps, admin, newcomer({ email: 'ROSA@example.com' })))).toEqual(
      issue('email', 'taken'),
    );
    const change = { accountId, version: 1, name: 'Rosa', roleIds: [roleIds.specialist], isBlocked: true };
    valueOf(await by(updateStaff, deps, admin, change));
    expect((await signIn(deps, doorSettings, origin, credentials)).ok).toBe(false);
    expect(await deps.db.session.count({ where: { accountId, revokedAt: null } })).toBe(0);
    valueOf(await by(updateStaff, deps, admin, { ...change, version: 2, isBlocked: false }));
    valueOf(
      await by(resetPassword, deps, admin, {
        accountId,
        password: 'another horse battery',
        withFactor: false,
      }),
    );
    expect((await signIn(deps, doorSettings, origin, credentials)).ok).toBe(false);
    expect(
      (await listStaff(deps.db, admin)).accounts.map(({ name, roles }) => [
        name,
        roles.map(({ key }) => key),
      ]),
    ).toEqual([
      ['Ada', ['administrator']],
      ['Rosa', ['specialist']],
    ]);
    const trail = await deps.db.auditEntry.findMany({
      where: { subjectId: accountId, actorKind: 'staff', actorId: adminAccount },
      orderBy: { id: 'asc' },
    });
    expect(trail.map(({ action }) => action)).toEqual([
      'account.insert',
      'credential.insert',
      'account_role.insert',
      'account.update',
      'account_role.delete',
      'account_role.insert',
      'account.update',
      'credential.update',
    ]);
  });

  test('there is always an administrator, and nobody locks themselves out', async () => {
    const own = {
      accountId: adminAccount,
      version: 1,
      name: 'Ada',
      roleIds: [roleIds.receptionist],
      isBlocked: false,
    };
    expect(refusalOf(await by(updateStaff, deps, admin, own))).toEqual(
      issue('roleIds', 'last_administrator'),
    );
    expect(
      refusalOf(
        await by(updateStaff, deps, admin, { ...own, roleIds: [roleIds.administrator], isBlocked: true }),
      ),
    ).toEqual(issue('isBlocked', 'block_self'));
    const { accountId } = valueOf(
      await by(createStaff, deps, admin, newcomer({ roleIds: [roleIds.administrator] })),
    );
    const other: Actor = { ...admin, accountId } as Actor;
    const demote = (actor: Actor, id: string) =>
      by(updateStaff, deps, actor, {
        accountId: id,
        version: 1,
        name: 'X',
        roleIds: [roleIds.receptionist],
        isBlocked: false,
      });
    const results = await Promise.all([demote(admin, accountId), demote(other, adminAccount)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  /** Somebody with a confirmed factor and a recovery code. */
  const withFactor = async () => {
    const { accountId } = valueOf(await by(createStaff, deps, admin, newcomer()));
    await deps.db.secondFactor.create({
      data: {
        accountId,
        seedSealed: Buffer.from('sealed'),
        confirmedAt: clock.now(),
        createdAt: clock.now(),
      },
    });
    await deps.db.recoveryCode.create({
      data: { id: randomUUID(), accountId, codeHash: Buffer.from('hash') },
    });
    return accountId;
  };
  const factorsOf = async (accountId: string) =>
    (await deps.db.secondFactor.count({ where: { accountId } })) +
    (await deps.db.recoveryCode.count({ where: { accountId } }));
  const noticesTo = async (accountId: string) =>
    (await jobsOf(deps.db, 'notify-account', accountId)).map(({ kind }) => kind);

  test('a lost second factor goes only when that is asked for, and its owner is told', async () => {
    const accountId = await withFactor();
    const given = { accountId, password: 'another horse battery' };
    valueOf(await by(resetPassword, deps, admin, { ...given, withFactor: false }));
    expect(await factorsOf(accountId)).toBe(2);
    valueOf(await by(resetPassword, deps, admin, { ...given, withFactor: true }));
    expect(await factorsOf(accountId)).toBe(0);
    expect(await noticesTo(accountId)).toEqual(['password_changed', 'password_changed', 'second_factor_off']);
    expect((await signIn(deps, doorSettings, origin, { email: 'rosa@example.com', ...given })).ok).toBe(true);
  });

  test('whoever runs the server lets somebody in who lost everything, and the trail says so', async () => {
    const accountId = await withFactor();
    const change = { accountId, version: 1, name: 'Rosa', roleIds: [roleIds.receptionist], isBlocked: true };
    valueOf(await by(updateStaff, deps, admin, change));
    for (let tries = 0; tries < 6; tries++)
      await signIn(deps, doorSettings, origin, { email: 'rosa@example.com', password: `guess ${tries}` });
    const { name, password } = valueOf(await letIn(deps, doorSettings, ' Rosa@Example.com '));
    expect(name).toBe('Rosa');
    expect(await signIn(deps, doorSettings, origin, { email: 'rosa@example.com', password })).toMatchObject({
      ok: true,
    });
    expect(await factorsOf(accountId)).toBe(0);
    const entry = await deps.db.auditEntry.findFirst({ where: { action: 'account.let_in' } });
    expect(entry).toMatchObject({ subjectId: accountId, actorKind: 'system' });
    expect(refusalOf(await letIn(deps, doorSettings, 'nobody@example.com'))?.code).toBe('not_found');
  });

  test('nobody gives rights they lack, nor touches who has more', async () => {
    const manager = actorWith('receptionist', [...shippedRoles.receptionist, 'people.edit']);
    expect(
      refusalOf(await by(createStaff, deps, manager, newcomer({ roleIds: [roleIds.administrator] })))?.code,
    ).toBe('forbidden');
    expect(
      refusalOf(
        await by(resetPassword, deps, manager, {
          accountId: adminAccount,
          password: 'x'.repeat(12),
          withFactor: false,
        }),
      )?.code,
    ).toBe('forbidden');
    valueOf(await by(createStaff, deps, manager, newcomer()));
    expect(refusalOf(await by(createStaff, deps, admin, newcomer({ roleIds: [roleIds.client] })))).toEqual(
      issue('roleIds', 'unknown'),
    );
  });
});
