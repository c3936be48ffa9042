/**
 * The words of a printed drawing, from the same files as the pages' words. Texts without values only: the web build compiles messages into
 * another form, in which these alone stay as they are.
 */
import en from '../../messages/en/zones.json' with { type: 'json' };
import ru from '../../messages/ru/zones.json' with { type: 'json' };

const files = { en, ru } satisfies Record<string, { pdf: typeof en.pdf }>;
export type PdfLocale = keyof typeof files;

/** The regional habits behind each language, as on the pages. */
const habits: Record<PdfLocale, string> = { en: 'en-GB', ru: 'ru-RU' };

export const pdfLocaleOf = (locale: string): PdfLocale => (locale in files ? (locale as PdfLocale) : 'en');

export interface PdfWords {
  words: typeof en.pdf;
  /** “Crow’s feet, left” of `crows_feet_left`. */
  region(name: string | null): string;
  amount(hundredths: number, unit: 'U' | 'ml'): string;
  when(at: Date, zone: string): string;
}

export function pdfWords(locale: PdfLocale): PdfWords {
  const { pdf: words } = files[locale];
  const regions: Record<string, string> = files[locale].regions;
  const sides: Record<string, string> = files[locale].sides;
  return {
    words,
    region(name) {
      if (name === null) return words.noRegion;
      const sided = /^(.+)_(left|right)$/.exec(name);
      const whole = regions[name];
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
