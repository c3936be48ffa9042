import { useLocale } from 'next-intl';
import {
  formatDate,
  formatDay,
  formatDayTime,
  formatExactTime,
  formatLongDay,
  formatMoney,
  formatNumber,
  formatTime,
  formatWeekday,
} from './format.ts';

/** The formats bound to the reader's language. Zones are always passed: the clinic's, unless it is said otherwise. */
export function useFormat() {
  const locale = useLocale();
  return {
    locale,
    time: (at: Date, zone: string) => formatTime(at, zone, locale),
    exactTime: (at: Date, zone: string) => formatExactTime(at, zone, locale),
    weekday: (at: Date, zone: string) => formatWeekday(at, zone, locale),
    date: (at: Date, zone: string) => formatDate(at, zone, locale),
    day: (at: Date, zone: string, now: Date = new Date()) => formatDay(at, zone, locale, now),
    longDay: (at: Date, zone: string, now: Date = new Date()) => formatLongDay(at, zone, locale, now),
    dayTime: (at: Date, zone: string, now: Date = new Date()) => formatDayTime(at, zone, locale, now),
    money: (amountMinor: number, currency: string) => formatMoney(amountMinor, currency, locale),
    number: (value: number) => formatNumber(value, locale),
  };
}
