/** The way back for whoever runs the server, when nobody is left who could open the door from within. */
import { randomBytes } from 'node:crypto';
import { done, type Result, refuse } from '../../domain/refusal.ts';
import { type DoorSettings, keysOfAccount, normalEmail } from '../access/attempts.ts';
import { hashPassword } from '../access/passwords.ts';
import { transact } from '../db.ts';
import { asSystem, type Deps } from '../deps.ts';
import { forReason, noteEntry } from '../trail/note.ts';
import { giveCredentials } from './staff.ts';

/**
 * Gives a colleague a new password, which is answered here and never again; takes the second factor away, unblocks the account and
 * lets its door forget what was tried. Every session of theirs ends, they are told by mail, and the trail says that it was done from
 * the server. Refuses `not_found` where no account of the staff has this address.
 */
export async function letIn(
  deps: Deps,
  settings: DoorSettings,
  email: string,
): Promise<Result<{ name: string; password: string }>> {
  const password = randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(password);
  const { db } = asSystem(deps, 'let in from the server');
  return transact(db, async (tx): Promise<Result<{ name: string; password: string }>> => {
    const account = await tx.account.findFirst({
      where: {
        email: normalEmail(email),
        emailVerifiedAt: { not: null },
        roles: { some: { role: { key: { not: 'client' } } } },
      },
    });
    if (!account) return refuse('not_found', { noun: 'account' });
    const { id: accountId, name } = account;
    await forReason(tx, 'let in from the server');
    await giveCredentials(tx, deps, { accountId, passwordHash, withFactor: true });
    if (account.blockedAt)
      await tx.account.update({ where: { id: accountId }, data: { blockedAt: null, blockedReason: null } });
    const keys = keysOfAccount(settings, { accountId, email: account.email });
    await tx.attemptCounter.deleteMany({ where: { key: { in: keys } } });
    await noteEntry(tx, { action: 'account.let_in', subjectType: 'account', subjectId: accountId });
    return done({ name, password });
  });
}
