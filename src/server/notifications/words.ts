/**
 * The words of messages, from the same files as the pages' words. Only values in braces are used here, so a message
 * needs no formatter of its own. Loaded by the worker alone: the web build compiles these files into another form.
 */

import { localDateOf, weekdayOf } from '../../domain/zone.ts';
import en from '../../messages/en/mail.json' with { type: 'json' };
import ru from '../../messages/ru/mail.json' with { type: 'json' };

const words = { en, ru } satisfies Record<string, typeof en>;
export type MailLocale = keyof typeof words;
export type MailWords = typeof en;

/** The regional habits behind each language, as on the pages. */
const regions: Record<MailLocale, string> = { en: 'en-GB', ru: 'ru-RU' };

export const isMailLocale = (text: string | null | undefined): text is MailLocale =>
  text !== null && text !== undefined && text in words;

export const wordsIn = (locale: MailLocale): MailWords => words[locale];

/** Puts values into a text. Throws for a value the text asks for and nobody gave: half a sentence must not reach a client. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a message asks for ${name}`);
    return String(value);
  });
}

/** "Tuesday 3 March at 14:30" on the location's clock; with the year when it isn't the year of `now`. Epoch milliseconds. */
export function whenIn(locale: MailLocale, startsAt: number, zone: string, now: number): string {
  const day = localDateOf(startsAt, zone);
  const otherYear = day.slice(0, 4) !== localDateOf(now, zone).slice(0, 4);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(regions[locale], { ...options, timeZone: zone }).format(startsAt);
  const weekdays: Record<string, string> = words[locale].weekday;
  return fill(words[locale].when, {
    weekday: weekdays[String(weekdayOf(day))] ?? '',
    date: part({ day: 'numeric', month: 'long', ...(otherYear ? { year: 'numeric' } : {}) }),
    time: part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  });
}

/** "€120" from integer minor units. */
export function moneyIn(locale: MailLocale, amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(regions[locale], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
