/** Where one is signed in oneself, and the devices one is known on. What is ended is over at the next request and on open streams. */
import type { Actor } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type DeviceName, readUserAgent } from '../../domain/user-agent.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteEntry } from '../trail/note.ts';
import type { Signed } from './register.ts';
import { idleMs, revokeSessionsOf } from './sessions.ts';

export interface OwnSession {
  id: string;
  device: DeviceName;
  /** The network address, where it is known. */
  place: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isThis: boolean;
}

export interface OwnDevice {
  id: string;
  device: DeviceName;
  /** The last sign-in there with everything that is asked for. */
  lastFullAt: Date;
  isThis: boolean;
}

const shown = 50;

/** Sessions still open and devices still known, the latest first; this one is marked. */
export async function listOwnSessions(
  deps: Deps,
  actor: Actor,
  signed: Signed,
): Promise<{ sessions: OwnSession[]; devices: OwnDevice[] }> {
  const { accountId, sessionId } = signed;
  const now = deps.now();
  const idle = idleMs[actor.kind === 'staff' ? 'staff' : 'client'];
  const sessions = await deps.db.session.findMany({
    where: {
      accountId,
      revokedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gte: new Date(now.getTime() - idle) },
    },
    orderBy: { lastSeenAt: 'desc' },
    take: shown,
  });
  const devices = await deps.db.deviceAccount.findMany({
    where: { accountId, forgottenAt: null },
    orderBy: { lastFullAt: 'desc' },
    take: shown,
    include: { device: { select: { userAgent: true } } },
  });
  const thisDevice = sessions.find(({ id }) => id === sessionId)?.deviceId ?? null;
  return {
    sessions: sessions.map(({ id, userAgent, ipAddress, createdAt, lastSeenAt }) => ({
      id,
      device: readUserAgent(userAgent),
      place: ipAddress,
      createdAt,
      lastSeenAt,
      isThis: id === sessionId,
    })),
    devices: devices.map(({ deviceId, device, lastFullAt }) => ({
      id: deviceId,
      device: readUserAgent(device.userAgent),
      lastFullAt,
      isThis: deviceId === thisDevice,
    })),
  };
}

/** Ends one of one's own sessions. Refuses with `not_found` where it isn't one's own, or is over. */
export async function endOwnSession(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  sessionId: string,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, accountId: signed.accountId, revokedAt: null },
      data: { revokedAt: deps.now(), revokedReason: 'ended by its owner' },
    });
    if (count === 0) return refuse('not_found', { noun: 'session' });
    await noteEntry(tx, { action: 'session.end', subjectType: 'account', subjectId: signed.accountId });
    return done(null);
  });
}

/** Ends every session but this one. */
export async function endOtherSessions(deps: Deps, actor: Actor, signed: Signed): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const { accountId, sessionId } = signed;
    await revokeSessionsOf(tx, accountId, deps.now(), 'ended by its owner', sessionId);
    await noteEntry(tx, { action: 'session.end_others', subjectType: 'account', subjectId: accountId });
    return done(null);
  });
}

/**
 * Forgets a device: signing in there counts as on a new one, a PIN returns there no more, and sessions there end, but for this one.
 * Refuses with `not_found` where it isn't known (any more).
 */
export async function forgetOwnDevice(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  deviceId: string,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { accountId, sessionId } = signed;
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const now = deps.now();
    const { count } = await tx.deviceAccount.updateMany({
      where: { accountId, deviceId, forgottenAt: null },
      data: { forgottenAt: now },
    });
    if (count === 0) return refuse('not_found', { noun: 'device' });
    await tx.session.updateMany({
      where: { accountId, deviceId, revokedAt: null, id: { not: sessionId } },
      data: { revokedAt: now, revokedReason: 'device forgotten' },
    });
    await noteEntry(tx, { action: 'device.forget', subjectType: 'account', subjectId: accountId });
    return done(null);
  });
}

/** Ends this session, for a moment or for handing the tablet over: who it was may come back by PIN. Called twice it changes nothing. */
export async function lock(deps: Deps, actor: Actor, signed: Signed): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const { count } = await tx.session.updateMany({
      where: { id: signed.sessionId, revokedAt: null },
      data: { revokedAt: deps.now(), revokedReason: 'locked' },
    });
    if (count > 0)
      await noteEntry(tx, {
        action: 'account.lock',
        subjectType: 'account',
        subjectId: signed.accountId,
      });
    return done(null);
  });
}
