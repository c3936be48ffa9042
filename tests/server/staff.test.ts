import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Actor, shippedRoles } from '../../src/domain/access/actor.ts';
import { signIn } from '../../src/server/access/commands.ts';
import { listStaff } from '../../src/server/people/queries.ts';
import { letIn } from '../../src/server/people/let-in.ts';
import { createStaff, resetPassword, updateStaff } from '../../src/server/people/staff.ts';
import { administration, issue, refusalOf, valueOf } from '../support/administration.ts';
import { by } from '../support/by.ts';
import { jobsOf } from '../support/jobs.ts';
import { doorSettings } from '../support/people.ts';

const stage = administration();
const { admin, adminAccount, actorWith, clock, roleIds } = stage;

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
    const { accountId } = valueOf(await by(createStaff, stage.deps(), admin, newcomer()));
    const credentials = { email: 'rosa@example.com', password: 'correct horse battery' };
    expect((await signIn(stage.deps(), doorSettings, origin, credentials)).ok).toBe(true);
    expect(
      refusalOf(await by(createStaff, stage.deps(), admin, newcomer({ email: 'ROSA@example.com' }))),
    ).toEqual(issue('email', 'taken'));
    const change = { accountId, version: 1, name: 'Rosa', roleIds: [roleIds.specialist], isBlocked: true };
    valueOf(await by(updateStaff, stage.deps(), admin, change));
    expect((await signIn(stage.deps(), doorSettings, origin, credentials)).ok).toBe(false);
    expect(await stage.deps().db.session.count({ where: { accountId, revokedAt: null } })).toBe(0);
    valueOf(await by(updateStaff, stage.deps(), admin, { ...change, version: 2, isBlocked: false }));
    valueOf(
      await by(resetPassword, stage.deps(), admin, {
        accountId,
        password: 'another horse battery',
        withFactor: false,
      }),
    );
    expect((await signIn(stage.deps(), doorSettings, origin, credentials)).ok).toBe(false);
    expect(
      (await listStaff(stage.deps().db, admin)).accounts.map(({ name, roles }) => [
        name,
        roles.map(({ key }) => key),
      ]),
    ).toEqual([
      ['Ada', ['administrator']],
      ['Rosa', ['specialist']],
    ]);
    const trail = await stage.deps().db.auditEntry.findMany({
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
    expect(refusalOf(await by(updateStaff, stage.deps(), admin, own))).toEqual(
      issue('roleIds', 'last_administrator'),
    );
    expect(
      refusalOf(
        await by(updateStaff, stage.deps(), admin, {
          ...own,
          roleIds: [roleIds.administrator],
          isBlocked: true,
        }),
      ),
    ).toEqual(issue('isBlocked', 'block_self'));
    const { accountId } = valueOf(
      await by(createStaff, stage.deps(), admin, newcomer({ roleIds: [roleIds.administrator] })),
    );
    const other: Actor = { ...admin, accountId } as Actor;
    const demote = (actor: Actor, id: string) =>
      by(updateStaff, stage.deps(), actor, {
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
    const { accountId } = valueOf(await by(createStaff, stage.deps(), admin, newcomer()));
    await stage.deps().db.secondFactor.create({
      data: {
        accountId,
        seedSealed: Buffer.from('sealed'),
        confirmedAt: clock.now(),
        createdAt: clock.now(),
      },
    });
    await stage.deps().db.recoveryCode.create({
      data: { id: randomUUID(), accountId, codeHash: Buffer.from('hash') },
    });
    return accountId;
  };
  const factorsOf = async (accountId: string) =>
    (await stage.deps().db.secondFactor.count({ where: { accountId } })) +
    (await stage.deps().db.recoveryCode.count({ where: { accountId } }));
  const noticesTo = async (accountId: string) =>
    (await jobsOf(stage.deps().db, 'notify-account', accountId)).map(({ kind }) => kind).sort();

  test('a lost second factor goes only when that is asked for, and its owner is told', async () => {
    const accountId = await withFactor();
    const given = { accountId, password: 'another horse battery' };
    valueOf(await by(resetPassword, stage.deps(), admin, { ...given, withFactor: false }));
    expect(await factorsOf(accountId)).toBe(2);
    valueOf(await by(resetPassword, stage.deps(), admin, { ...given, withFactor: true }));
    expect(await factorsOf(accountId)).toBe(0);
    expect(await noticesTo(accountId)).toEqual(['password_changed', 'password_changed', 'second_factor_off']);
    expect(
      (await signIn(stage.deps(), doorSettings, origin, { email: 'rosa@example.com', ...given })).ok,
    ).toBe(true);
  });

  test('whoever runs the server lets somebody in who lost everything, and the trail says so', async () => {
    const accountId = await withFactor();
    const change = { accountId, version: 1, name: 'Rosa', roleIds: [roleIds.receptionist], isBlocked: true };
    valueOf(await by(updateStaff, stage.deps(), admin, change));
    for (let tries = 0; tries < 6; tries++)
      await signIn(stage.deps(), doorSettings, origin, {
        email: 'rosa@example.com',
        password: `guess ${tries}`,
      });
    const { name, password } = valueOf(await letIn(stage.deps(), doorSettings, ' Rosa@Example.com '));
    expect(name).toBe('Rosa');
    expect(
      await signIn(stage.deps(), doorSettings, origin, { email: 'rosa@example.com', password }),
    ).toMatchObject({
      ok: true,
    });
    expect(await factorsOf(accountId)).toBe(0);
    const entry = await stage.deps().db.auditEntry.findFirst({ where: { action: 'account.let_in' } });
    expect(entry).toMatchObject({ subjectId: accountId, actorKind: 'system' });
    expect(refusalOf(await letIn(stage.deps(), doorSettings, 'nobody@example.com'))?.code).toBe('not_found');
  });

  test('nobody gives rights they lack, nor touches who has more', async () => {
    const manager = actorWith('receptionist', [...shippedRoles.receptionist, 'people.edit']);
    expect(
      refusalOf(await by(createStaff, stage.deps(), manager, newcomer({ roleIds: [roleIds.administrator] })))
        ?.code,
    ).toBe('forbidden');
    expect(
      refusalOf(
        await by(resetPassword, stage.deps(), manager, {
          accountId: adminAccount,
          password: 'x'.repeat(12),
          withFactor: false,
        }),
      )?.code,
    ).toBe('forbidden');
    valueOf(await by(createStaff, stage.deps(), manager, newcomer()));
    expect(
      refusalOf(await by(createStaff, stage.deps(), admin, newcomer({ roleIds: [roleIds.client] }))),
    ).toEqual(issue('roleIds', 'unknown'));
  });
});
