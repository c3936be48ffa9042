/** Where colleagues are signed in, as administrators see and end it. What is ended is over at the next request and on open streams. */
import type { Actor } from '../../domain/access/actor.ts';
import { outranks } from '../../domain/access/outrank.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type Db, transact, type Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteEntry } from '../trail/note.ts';
import { idleMs } from './sessions.ts';

export interface StaffSession {
  id: string;
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** password | second_factor | pin | proof */
  openedBy: string;
  /** The one through which this is asked. */
  isCurrent: boolean;
}

export interface StaffDevice {
  id: string;
  userAgent: string | null;
  firstAt: Date;
  /** The last sign-in there with everything that is asked for. */
  lastFullAt: Date;
}

export interface StaffPresence {
  sessions: StaffSession[];
  /** Browsers on which strangers' guesses never lock the person out. */
  devices: StaffDevice[];
  /** Whether this actor may end them: not of somebody with rights beyond their own. */
  mayEnd: boolean;
}

const shownDevices = 50;

const colleague = (tx: Db | Tx, accountId: string) =>
  tx.account.findFirst({
    where: { id: accountId, roles: { some: { role: { key: { not: 'client' } } } } },
    select: { roles: { select: { role: { select: { rights: true } } } } },
  });

const rolesOf = (account: { roles: readonly { role: { rights: string[] } }[] }) =>
  account.roles.map(({ role }) => role);

/** Sessions still open, latest first, and known devices. Refuses `forbidden`, and `not_found` for whoever is no staff. */
export async function readStaffPresence(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; currentSessionId: string | null },
): Promise<Result<StaffPresence>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { accountId } = input;
  const account = await colleague(deps.db, accountId);
  if (!account) return refuse('not_found', { noun: 'account' });
  const now = deps.now();
  const [sessions, devices] = await Promise.all([
    deps.db.session.findMany({
      where: {
        accountId,
        revokedAt: null,
        expiresAt: { gt: now },
        lastSeenAt: { gte: new Date(now.getTime() - idleMs.staff) },
      },
      orderBy: { lastSeenAt: 'desc' },
    }),
    deps.db.deviceAccount.findMany({
      where: { accountId, forgottenAt: null },
      orderBy: { lastFullAt: 'desc' },
      take: shownDevices,
      include: { device: { select: { userAgent: true } } },
    }),
  ]);
  return done({
    mayEnd: outranks(actor, rolesOf(account)),
    sessions: sessions.map((session) => ({
      id: session.id,
      userAgent: session.userAgent,
      ipAddress: session.ipAddress,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      openedBy: session.openedBy,
      isCurrent: session.id === input.currentSessionId,
    })),
    devices: devices.map(({ deviceId, device, firstAt, lastFullAt }) => ({
      id: deviceId,
      userAgent: device.userAgent,
      firstAt,
      lastFullAt,
    })),
  });
}

/**
 * Ends one session of a colleague, or all of them but the one through which this is asked. Promises how many were open. Refuses
 * `forbidden`, also where the colleague has rights the actor lacks, and `not_found`.
 */
export async function endStaffSessions(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; sessionId: string | null; currentSessionId: string | null },
): Promise<Result<{ ended: number }>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { accountId, sessionId, currentSessionId } = input;
  return transact(deps.db, async (tx): Promise<Result<{ ended: number }>> => {
    const account = await colleague(tx, accountId);
    if (!account) return refuse('not_found', { noun: 'account' });
    if (!outranks(actor, rolesOf(account))) return refuse('forbidden');
    const all = currentSessionId === null ? {} : { id: { not: currentSessionId } };
    const { count } = await tx.session.updateMany({
      where: { accountId, revokedAt: null, ...(sessionId === null ? all : { id: sessionId }) },
      data: { revokedAt: deps.now(), revokedReason: 'ended by an administrator' },
    });
    if (count > 0)
      await noteEntry(tx, {
        action: 'session.end',
        subjectType: 'account',
        subjectId: accountId,
        detail: { count },
      });
    return done({ ended: count });
  });
}

/**
 * Forgets a device of a colleague: signing in there counts as on a new one, and what is signed in there is signed out. Refuses
 * `forbidden`, also where the colleague has rights the actor lacks, and `not_found`.
 */
export async function forgetStaffDevice(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; deviceId: string },
): Promise<Result<null>> {
  if (!can(actor, 'people.edit')) return refuse('forbidden');
  const { accountId, deviceId } = input;
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const account = await colleague(tx, accountId);
    if (!account) return refuse('not_found', { noun: 'account' });
    if (!outranks(actor, rolesOf(account))) return refuse('forbidden');
    const now = deps.now();
    const { count } = await tx.deviceAccount.updateMany({
      where: { accountId, deviceId, forgottenAt: null },
      data: { forgottenAt: now },
    });
    if (count === 0) return refuse('not_found', { noun: 'device' });
    await tx.session.updateMany({
      where: { accountId, deviceId, revokedAt: null },
      data: { revokedAt: now, revokedReason: 'device forgotten' },
    });
    await noteEntry(tx, { action: 'device.forget', subjectType: 'account', subjectId: accountId });
    return done(null);
  });
}
