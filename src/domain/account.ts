/** What is asked when somebody opens, proves and keeps an account: the input of forms, procedures and tests alike. */
import { z } from 'zod';
import { emailText, firstNameText, lastNameText, orNull, phoneText } from './contact.ts';
import { id } from './field.ts';
import { knownPasswordText, lonePasswordText, newPasswordText } from './password.ts';
import { pinText } from './pin.ts';

export const accountLocales = ['en', 'ru'] as const;
const locale = z.enum(accountLocales);

export const registerInput = z.object({
  firstName: firstNameText,
  lastName: lastNameText,
  email: emailText,
  phone: orNull(phoneText).default(null),
  password: lonePasswordText,
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
  currentPassword: knownPasswordText,
  newPassword: newPasswordText,
});
export type ChangePasswordInput = z.output<typeof changePasswordInput>;

/** Six digits of an authenticator, or a recovery code; empty while nobody has asked for one. */
const factorCode = z.string().max(40, { error: 'factor_code_wrong' }).default('');

/** A solved puzzle, where one was asked for. */
const puzzle = z.string().max(4000, { error: 'too_long' }).nullish();
export const askResetInput = z.object({ email: emailText, puzzle });
export type AskResetInput = z.output<typeof askResetInput>;
export const resetByLinkInput = z.object({
  /** From the link; whatever it is, what isn't known has lapsed. */
  token: z.string().max(100, { error: 'too_long' }),
  newPassword: newPasswordText,
  code: factorCode,
});
export type ResetByLinkInput = z.output<typeof resetByLinkInput>;

export const proveInput = z.object({ password: knownPasswordText, code: factorCode });
export type ProveInput = z.output<typeof proveInput>;

export const confirmFactorInput = z.object({ code: z.string().max(40, { error: 'factor_code_wrong' }) });
export const switchOffFactorInput = z.object({ password: knownPasswordText });

export const sessionRefInput = z.object({ sessionId: id });
export const deviceRefInput = z.object({ deviceId: id });

export const choosePinInput = z.object({ pin: pinText });
/** At the door nothing is said about what a PIN looks like. */
export const returnByPinInput = z.object({ accountId: id, pin: z.string().max(20, { error: 'too_long' }) });
export type ReturnByPinInput = z.output<typeof returnByPinInput>;

/** A link to choose a new password lives so long. */
export const resetLifeMinutes = 10;
/** Such links within an hour, of one account. */
export const resetsPerHour = 5;
/** So many are given at a time, each good once. */
export const recoveryCodeCount = 10;

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
