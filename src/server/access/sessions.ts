/** Sessions are rows: opaque id in the cookie, its hash here, idle and absolute limits; revoking acts on the next request. */
import { type Actor, isRight, type Right } from '../../domain/access/actor.ts';
import {
  factorDueAt,
  type FactorStanding,
  secondFactorStanding,
  weighty,
} from '../../domain/access/second-factor.ts';
import { pinClosed } from '../../domain/pin.ts';
import type { Db, Tx } from '../db.ts';
import { noteEntry } from '../trail/note.ts';
import { hasSecondFactor } from './second-factor.ts';
import { hashToken, newToken } from './tokens.ts';

const absoluteMs = 30 * 86_400_000;
/** Staff terminals are shared; clients keep their phone. */
export const idleMs = { staff: 12 * 3_600_000, client: 14 * 86_400_000 } as const;
const touchEveryMs = 60_000;

export interface Origin {
  userAgent: string | null;
  ipAddress: string | null;
  /** The value of the device's cookie (`devices.ts`). */
  deviceToken?: string | null;
}

/** Opens a session and returns the cookie's value; it is known to nobody else. */
export async function openSession(
  tx: Tx,
  input: {
    id: string;
    accountId: string;
    now: Date;
    origin: Origin;
    openedBy?: 'password' | 'second_factor' | 'pin' | 'proof';
    deviceId?: string | null;
    /** Sooner than every session ends. */
    expiresAt?: Date;
  },
): Promise<string> {
  const token = newToken();
  await tx.session.create({
    data: {
      id: input.id,
      tokenHash: hashToken(token),
      accountId: input.accountId,
      openedBy: input.openedBy ?? 'password',
      deviceId: input.deviceId ?? null,
      provenAt: input.openedBy === 'pin' ? null : input.now,
      userAgent: input.origin.userAgent?.slice(0, 400) ?? null,
      ipAddress: input.origin.ipAddress,
      createdAt: input.now,
      lastSeenAt: input.now,
      expiresAt: input.expiresAt ?? new Date(input.now.getTime() + absoluteMs),
    },
  });
  return token;
}

/** Into the trail: who got in, and how. */
export const noteSignIn = (
  tx: Tx,
  accountId: string,
  detail: { openedBy: 'password' | 'second_factor' | 'proof' | 'registration'; newDevice: boolean },
): Promise<void> =>
  noteEntry(tx, { action: 'account.sign_in', subjectType: 'account', subjectId: accountId, detail });

export interface OpenSession {
  id: string;
  accountId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  locale: string | null;
  /** password | second_factor | pin | proof */
  openedBy: string;
  /** When who holds it last proved it in full; null after a PIN. */
  provenAt: Date | null;
  deviceId: string | null;
  /** Whether a second factor is missing that this account must have; while it is overdue, the actor may nothing. */
  factor: FactorStanding;
  /** By when, where one is due. */
  factorDueAt: Date | null;
  /** When it ends by itself, unless it is used meanwhile. */
  endsAt: Date;
  actor: Extract<Actor, { kind: 'staff' | 'client' }>;
}

/**
 * The session behind a cookie with who acts through it; null where it is unknown, ended, idle too long or blocked. Being looked at is
 * being used, unless nobody sits there (`isAttended: false`): an open page that listens by itself keeps no session alive.
 */
export const readSession = (
  db: Db,
  token: string,
  now: Date,
  { holderKey = null, isAttended = true }: { holderKey?: string | null; isAttended?: boolean } = {},
): Promise<OpenSession | null> =>
  sessionOf(db, { tokenHash: hashToken(token) }, now, { holderKey, isAttended });

/** The same for what goes on by itself for as long as the session stands, such as an open socket. Nobody attends it. */
export const readSessionById = (db: Db, id: string, now: Date): Promise<OpenSession | null> =>
  sessionOf(db, { id }, now, { holderKey: null, isAttended: false });

async function sessionOf(
  db: Db,
  where: { tokenHash: Buffer<ArrayBuffer> } | { id: string },
  now: Date,
  { holderKey, isAttended }: { holderKey: string | null; isAttended: boolean },
): Promise<OpenSession | null> {
  const row = await db.session.findUnique({
    where,
    include: {
      account: {
        include: { roles: { include: { role: true } }, specialist: true, client: { select: { id: true } } },
      },
    },
  });
  if (!row || row.revokedAt || row.account.blockedAt || row.expiresAt <= now) return null;
  const { account } = row;
  const roleKeys = account.roles.map(({ role }) => role.key);
  const isStaff = roleKeys.some((key) => key !== 'client');
  const idleLimit = isStaff ? idleMs.staff : idleMs.client;
  if (now.getTime() - row.lastSeenAt.getTime() > idleLimit) return null;
  if (isAttended && now.getTime() - row.lastSeenAt.getTime() > touchEveryMs) {
    await db.session.updateMany({
      where: { id: row.id, lastSeenAt: { lt: now } },
      data: { lastSeenAt: now },
    });
  }
  const rights = new Set<Right>(account.roles.flatMap(({ role }) => role.rights.filter(isRight)));
  const factor = await factorOf(db, { ...account, roleKeys, rights }, now);
  const isHeldBack = factor === 'overdue';
  const actor: OpenSession['actor'] = isStaff
    ? {
        kind: 'staff',
        accountId: account.id,
        name: account.name,
        roleKeys: isHeldBack ? [] : roleKeys,
        rights: isHeldBack ? new Set() : rights,
        specialistId: isHeldBack ? null : (account.specialist?.id ?? null),
      }
    : { kind: 'client', accountId: account.id, clientId: account.client?.id ?? null, holderKey };
  return {
    id: row.id,
    accountId: account.id,
    name: account.name,
    email: account.email,
    emailVerified: account.emailVerifiedAt !== null,
    locale: account.locale,
    openedBy: row.openedBy,
    provenAt: row.provenAt,
    deviceId: row.deviceId,
    factor,
    factorDueAt: factor === 'fine' ? null : new Date(factorDueAt(account.createdAt.getTime())),
    endsAt: new Date(Math.min(row.expiresAt.getTime(), row.lastSeenAt.getTime() + idleLimit)),
    actor,
  };
}

/** Looked up only where one is needed: every request of everybody comes by here. */
async function factorOf(
  db: Db,
  account: { id: string; createdAt: Date; roleKeys: readonly string[]; rights: ReadonlySet<Right> },
  now: Date,
): Promise<FactorStanding> {
  const about = { ...account, accountCreatedAt: account.createdAt.getTime(), now: now.getTime() };
  const without = secondFactorStanding({ ...about, hasFactor: false });
  if (without === 'fine') return without;
  const hasFactor = await hasSecondFactor(db, account.id);
  if (hasFactor || without === 'overdue') return secondFactorStanding({ ...about, hasFactor });
  const elders = await db.account.count({
    where: {
      id: { not: account.id },
      blockedAt: null,
      secondFactor: { confirmedAt: { lt: account.createdAt } },
      roles: { some: { role: { OR: [{ key: 'administrator' }, { rights: { hasSome: [...weighty] } }] } } },
    },
    take: 1,
  });
  return secondFactorStanding({ ...about, hasFactor, isLatecomer: elders > 0 });
}

/** Ends every session of an account, but the one kept; and with them the ways back by PIN, but on the device of that one. */
export async function revokeSessionsOf(
  db: Db | Tx,
  accountId: string,
  now: Date,
  reason: string,
  keepSessionId?: string,
): Promise<void> {
  await db.session.updateMany({
    where: { accountId, revokedAt: null, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) },
    data: { revokedAt: now, revokedReason: reason },
  });
  const kept = keepSessionId
    ? await db.session.findUnique({ where: { id: keepSessionId }, select: { deviceId: true } })
    : null;
  await db.deviceAccount.updateMany({
    where: { accountId, ...(kept?.deviceId ? { deviceId: { not: kept.deviceId } } : {}) },
    data: { pinTries: pinClosed },
  });
}
