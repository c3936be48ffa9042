/** The one rule for new passwords (`domain/password.ts`), asked with what the house knows of the person. */
import { passwordProblem } from '../../domain/password.ts';
import type { Result } from '../../domain/refusal.ts';
import type { Db, Tx } from '../db.ts';
import { invalid } from '../refused-write.ts';
import { hasSecondFactor } from './second-factor.ts';

/** Refuses a password that is too short, one of those tried first, or made of the person's own words, at the field `path`; null where it is good. */
export async function refusedPassword(
  db: Db | Tx,
  path: string,
  password: string,
  person: { texts: readonly string[]; hasSecondFactor: boolean },
): Promise<Result<never> | null> {
  const clinic = await db.clinic.findFirst({ select: { name: true } });
  const ownTexts = [...person.texts, clinic?.name ?? ''];
  const problem = passwordProblem(password, { hasSecondFactor: person.hasSecondFactor, ownTexts });
  return problem === null ? null : invalid(path, problem);
}

/** The same for an account there is. To be called as the system: second factors are seen by nobody else. */
export async function refusedPasswordOf(
  db: Db | Tx,
  path: string,
  password: string,
  accountId: string,
): Promise<Result<never> | null> {
  return refusedPassword(db, path, password, {
    texts: await textsOf(db, accountId),
    hasSecondFactor: await hasSecondFactor(db, accountId),
  });
}

/** The same as if there were no second factor beside it. */
export async function refusedLonePassword(
  db: Db | Tx,
  path: string,
  password: string,
  accountId: string,
): Promise<Result<never> | null> {
  return refusedPassword(db, path, password, {
    texts: await textsOf(db, accountId),
    hasSecondFactor: false,
  });
}

async function textsOf(db: Db | Tx, accountId: string): Promise<string[]> {
  const account = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { name: true, email: true },
  });
  return [account.name, account.email];
}
