/** Where somebody else is signed in, as whoever looks after people sees and ends it. What is ended is over at the next request and on open streams. */
import type { Actor } from '../../domain/access/actor.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { transact } from '../db.ts';
import type { Deps } from '../deps.ts';
import { noteReading } from '../clients/reads.ts';
import { noteEntry } from '../trail/note.ts';
import {
  findOthersAccount,
  type OthersAccount,
  othersAccountToChange,
  type Whose,
} from './others-account.ts';
import { idleMs } from './sessions.ts';

export interface PresentSession {
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

export interface KnownDevice {
  id: string;
  userAgent: string | null;
  firstAt: Date;
  /** The last sign-in there with everything that is asked for. */
  lastFullAt: Date;
}

export interface Presence {
  sessions: PresentSession[];
  /** Browsers on which strangers' guesses never lock the person out. */
  devices: KnownDevice[];
  /** Whether this actor may end them: not of somebody with rights beyond their own. */
  mayEnd: boolean;
}

const shown = 50;

/** Of a client into the history of the card as well. */
const about = ({ accountId, clientId }: OthersAccount) => ({
  subjectType: 'account',
  subjectId: accountId,
  clientId,
});

/** Sessions still open and known devices, the latest first. Refuses `forbidden` and `not_found` as `findOthersAccount` says. */
export async function readPresence(
  deps: Deps,
  actor: Actor,
  input: Whose & { currentSessionId: string | null },
): Promise<Result<Presence>> {
  const found = await findOthersAccount(deps.db, actor, input);
  if (!found.ok) return found;
  const { accountId, clientId, mayChange } = found.value;
  if (clientId !== null) await noteReading(deps.db, clientId);
  const now = deps.now();
  const idle = idleMs[clientId === null ? 'staff' : 'client'];
  const [sessions, devices] = await Promise.all([
    deps.db.session.findMany({
      where: {
        accountId,
        revokedAt: null,
        expiresAt: { gt: now },
        lastSeenAt: { gte: new Date(now.getTime() - idle) },
      },
      orderBy: { lastSeenAt: 'desc' },
      take: shown,
    }),
    deps.db.deviceAccount.findMany({
      where: { accountId, forgottenAt: null },
      orderBy: { lastFullAt: 'desc' },
      take: shown,
      include: { device: { select: { userAgent: true } } },
    }),
  ]);
  return done({
    mayEnd: mayChange,
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
 * Ends one session of somebody else, or all of them but the one through which this is asked. Promises how many were open. Refuses
 * `forbidden`, also where the account has rights the actor lacks, and `not_found`.
 */
export async function endSessionsOf(
  deps: Deps,
  actor: Actor,
  input: Whose & { sessionId: string | null; currentSessionId: string | null },
): Promise<Result<{ ended: number }>> {
  const { sessionId, currentSessionId } = input;
  return transact(deps.db, async (tx): Promise<Result<{ ended: number }>> => {
    const found = await othersAccountToChange(tx, actor, input);
    if (!found.ok) return found;
    const { accountId } = found.value;
    const all = currentSessionId === null ? {} : { id: { not: currentSessionId } };
    const { count } = await tx.session.updateMany({
      where: { accountId, revokedAt: null, ...(sessionId === null ? all : { id: sessionId }) },
      data: { revokedAt: deps.now(), revokedReason: 'ended by an administrator' },
    });
    if (count > 0) await noteEntry(tx, { action: 'session.end', ...about(found.value), detail: { count } });
    return done({ ended: count });
  });
}

/**
 * Forgets a device of somebody else: signing in there counts as on a new one, and what is signed in there is signed out. Refuses
 * `forbidden`, also where the account has rights the actor lacks, and `not_found`.
 */
export async function forgetDeviceOf(
  deps: Deps,
  actor: Actor,
  input: Whose & { deviceId: string },
): Promise<Result<null>> {
  const { deviceId } = input;
  return transact(deps.db, async (tx): Promise<Result<null>> => {
    const found = await othersAccountToChange(tx, actor, input);
    if (!found.ok) return found;
    const { accountId } = found.value;
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
    await noteEntry(tx, { action: 'device.forget', ...about(found.value) });
    return done(null);
  });
}
