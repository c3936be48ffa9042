/**
 * What a password must be (NIST SP 800-63B-4, 3.1.1.2): long enough, and not among those that are tried first. Nothing is asked of its
 * composition: such rules only make people write passwords down. One rule for clients and staff alike.
 */
import { z } from 'zod';
import { guessesLog10, wordsOf } from './guessable.ts';

/** In characters as people count them; `most` in UTF-16 units, so that whatever could be chosen can be typed at the door. */
export const passwordLength = { alone: 15, withSecondFactor: 8, most: 256 } as const;

/** One password has one form, whichever keyboard wrote it. Applied where passwords are hashed and compared. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC');

const lengthOf = (password: string): number => Array.from(normalPassword(password)).length;

/** A password that is compared with the one there is. */
export const knownPasswordText = z
  .string({ error: 'required' })
  .min(1, { error: 'required' })
  .max(passwordLength.most, { error: 'too_long' });

/** A new one of somebody who may have a second factor: the command knows, and says what is too short. */
export const newPasswordText = knownPasswordText;

/** A new one that stands alone: an account that is being made has no second factor yet. */
export const lonePasswordText = knownPasswordText.refine(
  (password) => lengthOf(password) >= passwordLength.alone,
  { error: 'password_short' },
);

/** Below this many guesses (decimal logarithm) it is one of those tried first. Alone, it has to stand longer. */
const leastGuesses = { alone: 10, withSecondFactor: 9 } as const;

export type PasswordProblem =
  | 'password_short'
  | 'password_short_with_factor'
  | 'password_common'
  | 'password_own_words';

/**
 * Why this password is refused; null where it is good. `ownTexts` are what somebody who knows the person would try: name, address, the
 * clinic's name.
 */
export function passwordProblem(
  password: string,
  about: { hasSecondFactor: boolean; ownTexts: readonly string[] },
): PasswordProblem | null {
  const kind = about.hasSecondFactor ? 'withSecondFactor' : 'alone';
  if (lengthOf(password) < passwordLength[kind])
    return about.hasSecondFactor ? 'password_short_with_factor' : 'password_short';
  if (guessesLog10(password, []) < leastGuesses[kind]) return 'password_common';
  const ownWords = wordsOf([...about.ownTexts, 'dermis']);
  return guessesLog10(password, ownWords) < leastGuesses[kind] ? 'password_own_words' : null;
}
