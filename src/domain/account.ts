/** What is asked when somebody opens, proves and keeps an account: the input of forms, procedures and tests alike. */
import { z } from 'zod';
import { emailText, firstNameText, lastNameText, orNull, phoneText } from './contact.ts';

export const accountLocales = ['en', 'ru'] as const;
const locale = z.enum(accountLocales);

/** Length is what resists guessing; rules of composition only make people write passwords down (NIST SP 800-63B, 3.1.1.2). */
export const passwordLength = { least: 10, most: 256 } as const;
export const newPasswordText = z
  .string()
  .min(passwordLength.least, { error: 'password_short' })
  .max(passwordLength.most, { error: 'too_long' });

export const registerInput = z.object({
  firstName: firstNameText,
  lastName: lastNameText,
  email: emailText,
  phone: orNull(phoneText).default(null),
  password: newPasswordText,
  locale,
});
export type RegisterInput = z.output<typeof registerInput>;

/** Typed from a message: blanks and dashes between the digits are people's own. */
export const proveEmailInput = z.object({
  code: z
    .string()
    .max(20, { error: 'code' })
    .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, { error: 'code' })),
});
export type ProveEmailInput = z.output<typeof proveEmailInput>;

export const correctEmailInput = z.object({ email: emailText });

export const updateAccountInput = z.object({
  firstName: firstNameText,
  lastName: lastNameText,
  phone: orNull(phoneText),
});
export type UpdateAccountInput = z.output<typeof updateAccountInput>;

export const chooseLanguageInput = z.object({ locale });
export type AccountLocale = z.output<typeof locale>;

export const changePasswordInput = z.object({
  currentPassword: z.string().min(1, { error: 'required' }).max(passwordLength.most, { error: 'too_long' }),
  newPassword: newPasswordText,
});
export type ChangePasswordInput = z.output<typeof changePasswordInput>;

/** A code lives ten minutes and takes five tries. */
export const proofLifeMinutes = 10;
export const proofTries = 5;
/** Codes to one address within an hour, over all accounts: with five tries each, a guess succeeds once in 40,000 hours. */
export const proofsPerAddressAndHour = 5;
/** A second message may be asked for after so many seconds. */
export const proofPauseSeconds = 60;

/** What came of a proven address. */
export type ProofOutcome =
  /** The account is verified; its card, if one was found, is joined. */
  | 'verified'
  /** An account with this address existed: visits moved to it and this browser is signed in there. */
  | 'joined'
  /** The address belongs to an account with wider rights, which is only entered by its password. */
  | 'sign_in_instead';
