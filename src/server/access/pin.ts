/** Coming back by PIN to a device on which one signed in in full today: a few tries, then only the full way. */
import { createHmac } from 'node:crypto';
import type { Actor } from '../../domain/access/actor.ts';
import { isStaff } from '../../domain/access/actor.ts';
import { can } from '../../domain/access/policy.ts';
import { pinSessionHours, pinTries } from '../../domain/pin.ts';
import type { ReturnByPinInput } from '../../domain/account.ts';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { addDays, localDateOf, startOfLocalDay } from '../../domain/zone.ts';
import { readClinicIdentity } from '../clinic/identity.ts';
import { type Db, transact, type Tx } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { keyFor } from '../keys.ts';
import { noteEntry } from '../trail/note.ts';
import { countAttempt, type DoorSettings, forgive } from './attempts.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { Signed } from './register.ts';
import { type Origin, openSession } from './sessions.ts';
import { hashToken } from './tokens.ts';

const HOUR_MS = 3_600_000;

/** Six digits could be found from their hash alone; not without the installation's key. */
const keyed = ({ masterKey }: DoorSettings, accountId: string, pin: string): string =>
  createHmac('sha256', keyFor(masterKey, 'pin')).update(`${accountId}\0${pin}`).digest('base64url');

/** Chooses a PIN, or another one. Refuses with `forbidden` to clients: their devices are their own. */
export async function choosePin(
  deps: Deps,
  actor: Actor,
  signed: Signed,
  settings: DoorSettings,
  pin: string,
): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own') || !isStaff(actor)) return refuse('forbidden');
  const { db } = asSystem(deps, 'choose PIN', actor);
  const { accountId } = signed;
  const pinHash = await hashPassword(keyed(settings, accountId, pin));
  return transact(db, async (tx): Promise<Result<null>> => {
    const { count } = await tx.credential.updateMany({ where: { accountId }, data: { pinHash } });
    return count === 0 ? refuse('forbidden') : done(null);
  });
}

/** Takes the PIN away; a second call changes nothing. */
export async function removePin(deps: Deps, actor: Actor, signed: Signed): Promise<Result<null>> {
  if (!can(actor, 'account.edit_own')) return refuse('forbidden');
  const { db } = asSystem(deps, 'remove PIN', actor);
  await transact(db, (tx) =>
    tx.credential.updateMany({ where: { accountId: signed.accountId }, data: { pinHash: null } }),
  );
  return done(null);
}

export interface QuickReturn {
  accountId: string;
  name: string;
}

interface Returnable extends QuickReturn {
  deviceId: string;
  pinHash: string;
  lastFullAt: Date;
}

/** The clinic's day around `now`, from its first instant to the next day's. */
async function dayAround(db: Db, now: Date): Promise<{ from: Date; to: Date }> {
  const { timeZone } = await readClinicIdentity(db);
  const today = localDateOf(now.getTime(), timeZone);
  const startOf = (date: string) => new Date(startOfLocalDay(date, timeZone));
  return { from: startOf(today), to: startOf(addDays(today, 1)) };
}

/**
 * Who may come back on this device: staff who have a PIN, signed in here in full on this day of the clinic and have a try left, and whose
 * session here was not ended since, but by locking the screen: whoever ended it, ended it for good.
 */
async function returnable(db: Db, deviceToken: string, now: Date): Promise<Returnable[]> {
  const { from } = await dayAround(db, now);
  const rows = await db.deviceAccount.findMany({
    where: {
      device: { tokenHash: hashToken(deviceToken) },
      forgottenAt: null,
      lastFullAt: { gte: from, lte: now },
      pinTries: { lt: pinTries },
      account: {
        blockedAt: null,
        credential: { pinHash: { not: null } },
        roles: { some: { role: { key: { not: 'client' } } } },
      },
    },
    orderBy: { lastFullAt: 'desc' },
    take: 20,
    include: {
      account: {
        select: {
          name: true,
          credential: { select: { pinHash: true } },
          sessions: { where: { revokedReason: { not: 'locked' }, revokedAt: { gte: from } } },
        },
      },
    },
  });
  return rows.flatMap(({ accountId, deviceId, lastFullAt, account }) => {
    const pinHash = account.credential?.pinHash;
    const isOut = account.sessions.some(
      (session) => session.deviceId === deviceId && session.revokedAt && session.revokedAt >= lastFullAt,
    );
    return pinHash && !isOut ? [{ accountId, deviceId, name: account.name, pinHash, lastFullAt }] : [];
  });
}

/** The names that the sign-in page of this device offers. Of a device that isn't known, none. */
export async function quickReturns(deps: Deps, deviceToken: string | null): Promise<QuickReturn[]> {
  if (deviceToken === null) return [];
  const { db } = asSystem(deps, 'quick return');
  const people = await returnable(db, deviceToken, deps.now());
  return people.map(({ accountId, name }) => ({ accountId, name }));
}

/**
 * Opens a session by PIN, without a fresh proof: what is dangerous asks for the password. It ends with the clinic's day, at the latest
 * after twelve hours. The try is counted before it is looked at; after three only the full way is left, until it was gone. Refuses with
 * `proof_refused`: `wrong`, `too_many_tries`, and `expired` where nobody of that name may come back here; and with `wait`.
 */
export async function returnByPin(
  deps: Deps,
  actor: Actor,
  settings: DoorSettings,
  origin: Origin,
  input: ReturnByPinInput & { deviceToken: string | null },
): Promise<Result<{ token: string }>> {
  if (!can(actor, 'account.enter') || actor.kind !== 'nobody') return refuse('forbidden');
  const { accountId, deviceToken } = input;
  const { db } = asSystem(deps, 'return by PIN', actor);
  const now = deps.now();
  const people = deviceToken === null ? [] : await returnable(db, deviceToken, now);
  const person = people.find((each) => each.accountId === accountId);
  if (!person) return refuse('proof_refused', { reason: 'expired' });
  const { deviceId } = person;
  const { ipAddress } = origin;
  const counted = await countAttempt(deps, settings, { door: 'pin', accountId, ipAddress, deviceId });
  if (!counted.ok) return counted;
  if (!(await takeTry(db, person))) return refuse('proof_refused', { reason: 'too_many_tries' });
  const matches = await verifyPassword(person.pinHash, keyed(settings, accountId, input.pin));
  const { to } = await dayAround(db, now);
  return transact(db, async (tx): Promise<Result<{ token: string }>> => {
    const known = await holdWayBack(tx, person);
    if (!known) return refuse('proof_refused', { reason: 'expired' });
    if (!matches) {
      await noteEntry(tx, { action: 'account.pin_refused', subjectType: 'account', subjectId: accountId });
      const isOver = known.tries >= pinTries;
      return refuse('proof_refused', { reason: isOver ? 'too_many_tries' : 'wrong' });
    }
    await forgive(tx, counted.value);
    await tx.deviceAccount.update({
      where: { deviceId_accountId: { deviceId, accountId } },
      data: { pinTries: 0 },
    });
    await noteEntry(tx, { action: 'account.return_by_pin', subjectType: 'account', subjectId: accountId });
    const expiresAt = new Date(Math.min(to.getTime(), now.getTime() + pinSessionHours * HOUR_MS));
    const opened = {
      id: deps.newId(),
      accountId,
      now,
      origin,
      openedBy: 'pin' as const,
      deviceId,
      expiresAt,
    };
    return done({ token: await openSession(tx, opened) });
  });
}

/**
 * The way back as it stands now, held until the session does: null where the PIN, the account or the device has changed, or the sessions
 * there were ended, while the PIN was verified.
 */
async function holdWayBack(tx: Tx, person: Returnable): Promise<{ tries: number } | null> {
  const { accountId, deviceId, pinHash, lastFullAt } = person;
  const [row] = await tx.$queryRaw<{ tries: number }[]>`
    SELECT d.pin_tries AS tries FROM account a JOIN credential c ON c.account_id = a.id
      JOIN device_account d ON d.account_id = a.id
    WHERE a.id = ${accountId}::uuid AND a.blocked_at IS NULL AND c.pin_hash = ${pinHash} AND d.device_id = ${deviceId}::uuid
      AND d.forgotten_at IS NULL AND d.last_full_at = ${lastFullAt}
    FOR SHARE OF a, c FOR UPDATE OF d`;
  if (!row || row.tries > pinTries) return null;
  const ended = await tx.session.count({
    where: { accountId, deviceId, revokedReason: { not: 'locked' }, revokedAt: { gte: lastFullAt } },
  });
  return ended === 0 ? row : null;
}

/** Counts the try where one is left: of fifty at once, three. */
async function takeTry(db: Db | Tx, { deviceId, accountId }: Returnable): Promise<boolean> {
  const { count } = await db.deviceAccount.updateMany({
    where: { deviceId, accountId, pinTries: { lt: pinTries }, forgottenAt: null },
    data: { pinTries: { increment: 1 } },
  });
  return count > 0;
}
