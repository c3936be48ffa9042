/** Browsers that somebody has signed in with: each known by a cookie of its own, 256 random bits, of which the hash is kept here. */
import type { Db, Tx } from '../db.ts';
import type { Deps } from '../deps.ts';
import { hashToken, newToken } from './tokens.ts';

export interface SeenDevice {
  id: string;
  /** The accounts that are known on it. */
  knownTo: ReadonlySet<string>;
}

/** The device behind a cookie; null for none, or one nobody gave out. To be called as the system. */
export async function readDevice(db: Db | Tx, token: string | null | undefined): Promise<SeenDevice | null> {
  if (!token) return null;
  const device = await db.device.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { id: true, accounts: { where: { forgottenAt: null }, select: { accountId: true } } },
  });
  return device && { id: device.id, knownTo: new Set(device.accounts.map(({ accountId }) => accountId)) };
}

export interface RememberedDevice {
  id: string;
  /** What the cookie is to hold from now on; null where it stays what it is. */
  token: string | null;
  /** Not known to this account until now, which is known elsewhere: its owner is told. */
  isSurprising: boolean;
}

/**
 * Makes the device known to an account that has just signed in there in full. Whoever is new on a device gets a new cookie: a copy that
 * somebody else has of the old one is worth nothing to them. To be called as the system, in the transaction that opens the session.
 */
export async function rememberDevice(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  accountId: string,
  origin: { deviceToken?: string | null; userAgent: string | null },
): Promise<RememberedDevice> {
  const now = deps.now();
  const userAgent = origin.userAgent?.slice(0, 400) ?? null;
  const seen = await readDevice(tx, origin.deviceToken);
  const seenNow = { lastSeenAt: now, userAgent };
  if (seen?.knownTo.has(accountId)) {
    await tx.device.update({ where: { id: seen.id }, data: seenNow });
    await tx.deviceAccount.update({
      where: { deviceId_accountId: { deviceId: seen.id, accountId } },
      data: { lastFullAt: now, pinTries: 0 },
    });
    return { id: seen.id, token: null, isSurprising: false };
  }
  const known = await tx.deviceAccount.count({ where: { accountId } });
  const id = seen?.id ?? deps.newId();
  const token = newToken();
  const tokenHash = hashToken(token);
  if (seen) await tx.device.update({ where: { id }, data: { ...seenNow, tokenHash } });
  else await tx.device.create({ data: { ...seenNow, id, tokenHash, createdAt: now } });
  const fresh = { firstAt: now, lastFullAt: now, pinTries: 0, forgottenAt: null };
  await tx.deviceAccount.upsert({
    where: { deviceId_accountId: { deviceId: id, accountId } },
    create: { deviceId: id, accountId, ...fresh },
    update: fresh,
  });
  return { id, token, isSurprising: known > 0 };
}
