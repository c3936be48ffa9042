/** Reading what old systems write: dates in an order that must be known, clocks, exact decimals. Nothing is guessed here. */
import { isDate } from './zone.ts';

export const dateOrders = ['mdy', 'dmy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];
export type DecimalMark = '.' | ',';

const dateParts = /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})(?:[T ,]\s*(.+))?$/;

interface SplitDate {
  first: number;
  second: number;
  third: number;
  isYearFirst: boolean;
  clock: string | null;
}

function splitDate(text: string): SplitDate | null {
  const parts = dateParts.exec(text.trim());
  if (!parts) return null;
  const [, first = '', second = '', third = '', clock = ''] = parts;
  const isYearFirst = first.length === 4;
  if (isYearFirst ? third.length > 2 : first.length > 2 || (third.length !== 4 && third.length !== 2))
    return null;
  return {
    first: Number(first),
    second: Number(second),
    third: Number(third),
    isYearFirst,
    clock: clock || null,
  };
}

const fullYear = (year: number): number => (year >= 100 ? year : year >= 70 ? 1900 + year : 2000 + year);
const iso = (year: number, month: number, day: number): string | null => {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDate(date) && year >= 1900 && year <= 2200 ? date : null;
};

/**
 * A calendar date (YYYY-MM-DD) and what stood after it, read in the given order; null where it is none.
 * A year in front leaves no doubt whatever the order says. Two-digit years are 1970–2069.
 */
export function readDate(text: string, order: DateOrder): { date: string; clock: string | null } | null {
  const split = splitDate(text);
  if (!split) return null;
  const { first, second, third, clock } = split;
  let date: string | null;
  if (split.isYearFirst) date = iso(first, second, third);
  else if (order === 'mdy') date = iso(fullYear(third), first, second);
  else if (order === 'dmy') date = iso(fullYear(third), second, first);
  else date = null;
  return date === null ? null : { date, clock };
}

/** How many values of a column are dates in which order; what only one order can explain decides. */
export interface DateEvidence {
  mdy: number;
  dmy: number;
  ymd: number;
  /** Values that read as another day in the other order. */
  differing: number;
}

export const noEvidence = (): DateEvidence => ({ mdy: 0, dmy: 0, ymd: 0, differing: 0 });

/** Adds what a value that occurs so many times says. */
export function weighDate(evidence: DateEvidence, text: string, times = 1): void {
  // Most cells of a long file are no dates: told by their length and first character.
  const first = text.charCodeAt(0);
  if (text.length < 6 || text.length > 40 || first < 48 || first > 57) return;
  const split = splitDate(text);
  if (!split) return;
  if (split.isYearFirst) {
    evidence.ymd += readDate(text, 'ymd') ? times : 0;
    return;
  }
  const asMdy = readDate(text, 'mdy')?.date ?? null;
  const asDmy = readDate(text, 'dmy')?.date ?? null;
  if (asMdy) evidence.mdy += times;
  if (asDmy) evidence.dmy += times;
  if (asMdy && asDmy && asMdy !== asDmy) evidence.differing += times;
}

/**
 * The order all dates of the columns speak for. `ambiguous` where both orders read every value and some would mean
 * another day: then a person must say. Null where there are no dates.
 */
export function judgeDates(columns: readonly DateEvidence[]): DateOrder | 'ambiguous' | null {
  const sum = noEvidence();
  for (const evidence of columns) {
    sum.mdy += evidence.mdy;
    sum.dmy += evidence.dmy;
    sum.ymd += evidence.ymd;
    sum.differing += evidence.differing;
  }
  if (sum.mdy === 0 && sum.dmy === 0) return sum.ymd > 0 ? 'ymd' : null;
  if (sum.mdy === sum.dmy) return sum.differing > 0 ? 'ambiguous' : 'mdy';
  return sum.mdy > sum.dmy ? 'mdy' : 'dmy';
}

/** Minutes since midnight of "3:50:00 PM", "15:50", "1550" or "15.50"; null where it is no time of day. Seconds are dropped. */
export function readClock(text: string): number | null {
  const cleaned = text.trim().toUpperCase().replace(/\./g, ':').replace(/\s+/g, '');
  const parts = /^(\d{1,2}):?(\d{2})(?::(\d{2})(?::\d+)?)?(AM|PM|A:M:|P:M:)?$/.exec(cleaned);
  if (!parts) return null;
  const [, hourText = '', minuteText = '', secondText = '0', half = ''] = parts;
  let hour = Number(hourText);
  const minute = Number(minuteText);
  if (minute > 59 || Number(secondText) > 59) return null;
  if (half !== '') {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.startsWith('P') ? 12 : 0);
  }
  return hour > 23 ? null : hour * 60 + minute;
}

/**
 * An exact decimal as text ("-1234.5678"), whatever the thousands were set apart with; null where it is none.
 * At most 8 digits before and 6 after the mark, as history keeps them. "(12.50)" and "12.50-" are negative.
 */
export function readDecimal(text: string, mark: DecimalMark): string | null {
  let cleaned = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^[^\d(+\-.,]{1,3}|[^\d)\-.,]{1,3}$/gu, '');
  let isNegative = false;
  if (/^\(.*\)$/.test(cleaned)) {
    isNegative = true;
    cleaned = cleaned.slice(1, -1);
  } else if (/^[-+].|.-$/.test(cleaned)) {
    isNegative = cleaned.startsWith('-') || cleaned.endsWith('-');
    cleaned = cleaned.replace(/^[-+]|-$/g, '').replace(/^[^\d.,]{1,3}/u, '');
  }
  const thousands = mark === '.' ? ',' : '.';
  if (cleaned.includes(thousands)) {
    const whole = cleaned.split(mark)[0] ?? '';
    const grouped = mark === '.' ? /^\d{1,3}(,\d{3})+$/ : /^\d{1,3}(\.\d{3})+$/;
    if (!grouped.test(whole) || cleaned.slice(whole.length).includes(thousands)) return null;
    cleaned = whole.replaceAll(thousands, '') + cleaned.slice(whole.length);
  }
  cleaned = cleaned.replace(mark, '.');
  const parts = /^(\d{0,8})(?:\.(\d{0,12}))?$/.exec(cleaned);
  if (!parts) return null;
  const whole = (parts[1] ?? '').replace(/^0+(?=\d)/, '') || '0';
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > 6 || !/\d/.test(cleaned)) return null;
  const value = fraction === '' ? whole : `${whole}.${fraction}`;
  return isNegative && value !== '0' ? `-${value}` : value;
}

/** Which mark a column's amounts use: decided by what only one of them can explain; '.' where nothing does. */
export function weighMark(votes: { point: number; comma: number }, text: string): void {
  if (!/^[-+(]?[\d.,\s\u00a0']+\)?$/.test(text.trim())) return;
  const asPoint = readDecimal(text, '.');
  const asComma = readDecimal(text, ',');
  if (asPoint !== null && asComma === null) votes.point += 1;
  if (asComma !== null && asPoint === null) votes.comma += 1;
}

export function readFlag(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', 'y', '1', 'да', 'ja', 'x', 'active'].includes(word)) return true;
  if (['false', 'no', 'n', '0', 'нет', 'nein', 'inactive'].includes(word)) return false;
  return null;
}

/** Codes are compared without regard to case and outer spaces. */
export const codeOf = (text: string): string => text.trim().replace(/\s+/g, ' ').toUpperCase();

/** "BECKY" as a person would write it; short all-capitals ("JJ") and mixed writing stay. */
export function personName(text: string): string {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed !== trimmed.toUpperCase()) return trimmed;
  return trimmed.replace(/\p{L}{3,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase());
}
