import type { AppLocale } from './locales.ts';

/** The regional habits behind each language: day before month, 24 hours. */
const regions: Record<AppLocale, string> = { en: 'en-GB', ru: 'ru-RU' };

const formatters = new Map<string, Intl.DateTimeFormat>();
const moneyFormatters = new Map<string, Intl.NumberFormat>();

function dateFormat(
  locale: AppLocale,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, zone, options]);
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(regions[locale], { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

const yearIn = (at: Date, zone: string): string => dateFormat('en', zone, { year: 'numeric' }).format(at);

/** "14:30" */
export const formatTime = (at: Date, zone: string, locale: AppLocale): string =>
  dateFormat(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** "02:30 GMT+2": tells apart the two hours of the night in which clocks go back. */
export const formatExactTime = (at: Date, zone: string, locale: AppLocale): string =>
  dateFormat(locale, zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  }).format(at);

/** "Tue" */
export const formatWeekday = (at: Date, zone: string, locale: AppLocale): string =>
  dateFormat(locale, zone, { weekday: 'short' }).format(at);

/** "Tue 3 Mar", with the year when it isn't the year of `now`. */
export function formatDay(at: Date, zone: string, locale: AppLocale, now: Date): string {
  const sameYear = yearIn(at, zone) === yearIn(now, zone);
  const parts = dateFormat(locale, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
  return parts.replace(/^(\p{L}+),? /u, '$1 ');
}

/** "Tuesday 3 March": for titles and sentences. */
export function formatLongDay(at: Date, zone: string, locale: AppLocale, now: Date): string {
  const sameYear = yearIn(at, zone) === yearIn(now, zone);
  return dateFormat(locale, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** "3 Mar 1988": a date of birth, of a receipt. */
export const formatDate = (at: Date, zone: string, locale: AppLocale): string =>
  dateFormat(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** "Tue 3 Mar, 14:30" */
export const formatDayTime = (at: Date, zone: string, locale: AppLocale, now: Date): string =>
  `${formatDay(at, zone, locale, now)}, ${formatTime(at, zone, locale)}`;

/** "14:30 Lisbon": the city names a zone to people better than its abbreviation does. */
export const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Whether two zones read the same wall clock at that instant. */
export const sameClock = (at: Date, a: string, b: string): boolean =>
  formatDayTime(at, a, 'en', at) === formatDayTime(at, b, 'en', at);

/** Integer minor units to words: 12050 EUR is "€120.50", 12000 is "€120". */
export function formatMoney(amountMinor: number, currency: string, locale: AppLocale): string {
  const key = `${locale} ${currency}`;
  const known = moneyFormatters.get(key);
  const format =
    known ??
    new Intl.NumberFormat(regions[locale], {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay: 'stripIfInteger',
    });
  if (known === undefined) moneyFormatters.set(key, format);
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** "1,906" by the language's grouping. */
export const formatNumber = (value: number, locale: AppLocale): string =>
  new Intl.NumberFormat(regions[locale]).format(value);
