/** Words and numbers that stand in one record alone: where one is read, that record was read. */

export type CanaryKind =
  | 'name'
  /** What a client's account is called. */
  | 'accountName'
  /** E-mail and phone of a card or of its account. */
  | 'contact'
  | 'cardNote'
  /** A visit's note, the reason it was cancelled or moved, what was noted about it. */
  | 'visitNote'
  | 'money'
  /** A line of the old system's history. */
  | 'history'
  /** Drawn, written or given in a scheme, and who joined it. */
  | 'drawing'
  /** The same in one that its client may see. */
  | 'sharedDrawing'
  | 'message'
  /** A file brought in, row by row. */
  | 'import'
  | 'staffName'
  | 'staffContact'
  /** Where somebody is signed in, and from what. */
  | 'session'
  /** Why something was done, in the trail. */
  | 'reason'
  /** Nobody's to see. */
  | 'secret';

export interface Canary {
  kind: CanaryKind;
  /** Whose record it is: a card's or an account's name in the world. */
  of: string;
  /** The specialist whose visit it stands in, by name. */
  performer?: string;
}

const wordPattern = /kanari[a-z0-9]{5}/gi;
const phonePattern = /4915551\d{6}/g;
const amountPattern = /(?<![\d])7310\d{5}(?!\d)/g;
/** As people read it: `7,310,123.45` in any language's way of grouping, with or without the last two apart. */
const shownAmountPattern = /(?<!\d)7[.,\s\u00a0\u202f’']?310[.,\s\u00a0\u202f’']?\d{3}[.,]\d{2}(?!\d)/g;
const betweenDigits = /(?<=\d)[\s\u00a0().-]{1,2}(?=\d)/g;

/** Makes canaries and knows them again, however a page writes them. */
export class Canaries {
  readonly #known = new Map<string, Canary>();
  #count = 0;

  get size(): number {
    return this.#known.size;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** A word of letters and digits, as part of any text. */
  word(canary: Canary): string {
    const word = `kanari${(this.#next() * 7_919 + 1_679_616).toString(36).slice(-5).padStart(5, '0')}`;
    this.#known.set(word, canary);
    return word;
  }

  /** E.164. */
  phone(canary: Canary): string {
    const digits = `4915551${String(100_000 + this.#next() * 37).padStart(6, '0')}`;
    this.#known.set(digits, canary);
    return `+${digits}`;
  }

  /** Minor units. */
  amount(canary: Canary): number {
    const amount = 731_000_000 + (10_007 + this.#next() * 211);
    this.#known.set(String(amount), canary);
    return amount;
  }

  /** Every canary that stands in a text, each once, with how it was written. */
  in(text: string): { text: string; canary: Canary }[] {
    const found = new Set<string>();
    for (const [word] of text.matchAll(wordPattern)) found.add(word.toLowerCase());
    for (const [phone] of text.replaceAll(betweenDigits, '').matchAll(phonePattern)) found.add(phone);
    for (const pattern of [amountPattern, shownAmountPattern])
      for (const [amount] of text.matchAll(pattern)) found.add(amount.replaceAll(/\D/g, ''));
    return [...found].flatMap((word) => {
      const canary = this.#known.get(word);
      return canary ? [{ text: word, canary }] : [];
    });
  }
}
