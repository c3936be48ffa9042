/**
 * The words of a printed drawing, from the same files as the pages' words. Read as files: the web build compiles what is imported from
 * there into another form. Texts without values only, since nothing is filled in here.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The regional habits behind each language, as on the pages. */
const habits = { en: 'en-GB', ru: 'ru-RU' } as const;
export type PdfLocale = keyof typeof habits;

export const pdfLocaleOf = (locale: string): PdfLocale => (locale === 'ru' ? 'ru' : 'en');

const text = z.string().min(1);
const printed = z.strictObject({
  client: text,
  date: text,
  specialist: text,
  reason: text,
  revision: text,
  product: text,
  region: text,
  dose: text,
  marks: text,
  lot: text,
  noLot: text,
  noRegion: text,
  nothingGiven: text,
  hash: text,
  page: text,
  untitled: text,
  units: z.strictObject({ U: text, ml: text }),
});
const file = z.object({
  pdf: printed,
  regions: z.record(z.string(), text),
  sides: z.record(z.string(), text),
});

export interface PdfWords {
  words: z.output<typeof printed>;
  /** “Crow’s feet, left” of `crows_feet_left`. */
  region(name: string | null): string;
  amount(hundredths: number, unit: 'U' | 'ml'): string;
  when(at: Date, zone: string): string;
}

const kept = new Map<PdfLocale, PdfWords>();

export function pdfWords(locale: PdfLocale): PdfWords {
  const known = kept.get(locale) ?? readWords(locale);
  kept.set(locale, known);
  return known;
}

function readWords(locale: PdfLocale): PdfWords {
  const from = path.join(process.cwd(), 'src/messages', locale, 'zones.json');
  const { pdf: words, regions, sides } = file.parse(JSON.parse(readFileSync(from, 'utf8')));
  return {
    words,
    region(name) {
      if (name === null) return words.noRegion;
      const whole = regions[name];
      const sided = /^(.+)_(left|right)$/.exec(name);
      if (whole !== undefined || !sided) return whole ?? name;
      const [, key = '', side = ''] = sided;
      return `${regions[key] ?? key}, ${sides[side] ?? side}`;
    },
    amount: (hundredths, unit) =>
      `${new Intl.NumberFormat(habits[locale], { maximumFractionDigits: 2 }).format(hundredths / 100)}\u00a0${words.units[unit]}`,
    when: (at, zone) =>
      new Intl.DateTimeFormat(habits[locale], {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: zone,
      }).format(at),
  };
}
