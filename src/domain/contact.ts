/** E-mail addresses, phones and names as people type them. Codes of complaints are keys of `refusals.field`. */
import { z } from 'zod';

export const emailText = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: 'too_long' })
  .pipe(z.email({ error: 'email' }));

/**
 * Reads a phone as E.164 (`+4930123456`) where it carries its country; what doesn't is kept as typed, because a guessed
 * country would call somebody else. Null for what can't be a phone: letters, or digits outside 5…15.
 */
export function readPhone(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/\s+/g, ' ').trim();
  // The trunk zero in brackets, "+44 (0) 20", is not dialled from abroad.
  const bare = text.replace(/^(\+|00)(\s*\d[\d\s.\-/]*?)\(0\)/, '$1$2').replace(/[\s().\-/]/g, '');
  if (!/^\+?\d{5,17}$/.test(bare)) return null;
  const international = bare.startsWith('00') ? `+${bare.slice(2)}` : bare;
  if (international.startsWith('+')) return /^\+[1-9]\d{6,14}$/.test(international) ? international : null;
  return bare.length <= 15 ? text : null;
}

/** True for a phone that can be dialled from anywhere. */
export const isInternational = (phone: string): boolean => /^\+[1-9]\d{6,14}$/.test(phone);

export const phoneText = z
  .string()
  .max(40, { error: 'too_long' })
  .transform((typed, context) => {
    const phone = readPhone(typed);
    if (phone !== null) return phone;
    context.issues.push({ code: 'custom', message: 'phone', input: typed });
    return z.NEVER;
  });

/** Letters would be read by others in our messages: an address in a name makes them an advertisement. */
const looksLikeLink = /:\/\/|www\.|[<>@]|\b[a-z0-9-]+\.(com|net|org|ru|info|biz|io|shop|xyz)\b/iu;

const personName = (least: number) =>
  z
    .string()
    .max(200, { error: 'too_long' })
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim(),
    )
    .pipe(
      z
        .string()
        .min(least, { error: 'required' })
        .max(80, { error: 'too_long' })
        .refine((text) => !looksLikeLink.test(text), { error: 'name' }),
    );

export const firstNameText = personName(1);
export const lastNameText = personName(0);

/** An empty field of a form is an absent value. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
    schema.nullable(),
  );

/** "Ana Reis"; a missing last name leaves no blank behind. */
export const fullName = (person: { firstName: string; lastName: string }): string =>
  `${person.firstName} ${person.lastName}`.trim();
