/** Client cards: what staff may type, look for and filter by. */
import { z } from 'zod';
import { emailText, firstNameText, lastNameText, orNull, phoneText } from './contact.ts';

const id = z.uuid();
const note = z.string().trim().max(4000, { error: 'too_long' });

const cardFields = {
  firstName: firstNameText,
  lastName: lastNameText,
  email: orNull(emailText).default(null),
  phone: orNull(phoneText).default(null),
  birthDate: orNull(z.iso.date({ error: 'date' })).default(null),
  sourceId: id.nullable().default(null),
  note: orNull(note).default(null),
  isInvited: z.boolean().default(false),
};

export const createClientInput = z.object({
  ...cardFields,
  tagIds: z.array(id).max(30).default([]),
  /** Made by the form: the same form sent twice makes one card. */
  idempotencyKey: z.string().min(8).max(100),
});
export type CreateClientInput = z.output<typeof createClientInput>;

export const editClientInput = z.object({
  ...cardFields,
  clientId: id,
  /** As last read; somebody else's change in between is refused as stale. */
  updatedAt: z.date(),
});
export type EditClientInput = z.output<typeof editClientInput>;

export const clientTagInput = z.object({ clientId: id, tagId: id });
export const newTagInput = z.object({
  clientId: id,
  name: z.string().trim().min(1, { error: 'required' }).max(40, { error: 'too_long' }),
});

/** Staff join a card that has an account to the card that has the history. */
export const linkAccountInput = z.object({
  /** The card that stays. */
  clientId: id,
  /** The card the account came with; merged into the other. */
  accountCardId: id,
  reason: z.string().trim().min(3, { error: 'required' }).max(300, { error: 'too_long' }),
});
export type LinkAccountInput = z.output<typeof linkAccountInput>;

const search = z.string().trim().max(80).default('');

export const clientListInput = z.object({
  search,
  tagIds: z.array(id).max(10).default([]),
  sourceId: id.nullable().default(null),
  /** Only cards with a visit still to come, or only those without. */
  upcoming: z.enum(['yes', 'no']).nullable().default(null),
  account: z.enum(['linked', 'none']).nullable().default(null),
  sort: z.enum(['name', 'newest']).default('name'),
  cursor: z.string().max(400).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ClientListInput = z.output<typeof clientListInput>;

export const clientSearchInput = z.object({
  search,
  limit: z.number().int().min(1).max(20).default(8),
  account: z.enum(['linked', 'none']).nullable().default(null),
});
export type ClientSearchInput = z.output<typeof clientSearchInput>;

export interface ClientQuery {
  /** Lower-case stretches that must all be found in name, e-mail or the digits of the phone. */
  words: string[];
  /** Asked for by the number on the card. */
  cardNumber: number | null;
}

/**
 * Reads what is typed into a search. A query of digits and signs alone is a phone: its country prefix or trunk zero is
 * dropped, because cards hold it in either form. At most five words count.
 */
export function readClientQuery(typed: string): ClientQuery {
  const text = typed.normalize('NFC').toLowerCase().trim();
  const cardNumber = /^#?\d{1,9}$/.test(text) ? Number(text.replace('#', '')) : null;
  if (/^[+\d][\d\s().\-/]{2,}$/.test(text)) {
    const digits = text.replace(/\D/g, '').replace(/^0+/, '');
    return { words: digits === '' ? [] : [digits], cardNumber };
  }
  return { words: text.replace(/^#/, '').split(/\s+/).filter(Boolean).slice(0, 5), cardNumber };
}
