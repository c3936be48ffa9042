'use client';

import { useMessages, useTranslations } from 'next-intl';
import { isRight } from '../../domain/access/actor.ts';
import { isId } from '../../domain/ids.ts';
import type { TrailValue } from '../../domain/trail.ts';
import { localeNames } from '../../i18n/locales.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Reading, TrailEntry } from './types.ts';

type Words = Readonly<Record<string, string>>;
const wordIn = (words: Words | undefined, key: string): string | null =>
  words !== undefined && Object.hasOwn(words, key) ? (words[key] ?? null) : null;

/** What happened, as a phrase; an action nobody gave words to is told by its kind, with its name beside it. */
export function useSentence(): (entry: Pick<TrailEntry, 'action' | 'kind'>) => string {
  const t = useTranslations('trail.fallback');
  const actions: Readonly<Record<string, Words>> = useMessages().trail.actions;
  return ({ action, kind }) => {
    const [noun = '', ...verb] = action.split('.');
    const words = Object.hasOwn(actions, noun) ? actions[noun] : undefined;
    return wordIn(words, verb.join('.')) ?? `${t(kind)} (${action})`;
  };
}

export function useSubjectWord(): (subjectType: string) => string {
  const subjects: Words = useMessages().trail.subjects;
  return (subjectType) => wordIn(subjects, subjectType) ?? subjectType;
}

export function useFieldWord(): (field: string) => string {
  const fields: Words = useMessages().trail.fields;
  return (field) => wordIn(fields, field) ?? field;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Names, not amounts. */
const plainNumbers = new Set(['card_number', 'entryId']);
const minuteFields = new Set(['start_minute', 'end_minute', 'same_day_cutoff_minute']);

interface Span {
  startMinute: number;
  endMinute: number;
}
const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' &&
  value !== null &&
  'startMinute' in value &&
  'endMinute' in value &&
  typeof value.startMinute === 'number' &&
  typeof value.endMinute === 'number';

/** "09:00–13:00, 14:00–18:00" of a list of spans; null for anything else. */
function spansText(text: string): string | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list) || !list.every(isSpan)) return null;
    return list.map(({ startMinute, endMinute }) => `${clock(startMinute)}–${clock(endMinute)}`).join(', ');
  } catch {
    return null;
  }
}

/** A value as people read it: names for ids, the clinic's zone for instants, words for states. */
export function useValueText({
  names,
  zone,
  currency,
}: Reading): (field: string, value: TrailValue) => string {
  const t = useTranslations('trail');
  const tRight = useTranslations('access.right');
  const format = useFormat();
  const values: Readonly<Record<string, Words>> = useMessages().trail.values;
  const text = (field: string, given: string): string => {
    if (given === '') return t('empty');
    if (isId(given)) return names[given] ?? t('gone');
    if (isRight(given)) return tRight(`${given}.name`);
    if (field === 'locale' || field === 'default_locale') return wordIn(localeNames, given) ?? given;
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(given)) return format.dayTime(new Date(given), zone);
    if (/^\d{4}-\d\d-\d\d$/.test(given)) return format.date(new Date(`${given}T00:00:00Z`), 'UTC');
    const words = Object.hasOwn(values, field) ? values[field] : undefined;
    return wordIn(words, given) ?? spansText(given) ?? given;
  };
  return (field, value) => {
    if (value === null) return t('empty');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value))
      return value.length === 0 ? t('empty') : value.map((each) => text(field, each)).join(', ');
    if (typeof value === 'string') return text(field, value) || t('empty');
    if (field.endsWith('_minor')) return format.money(value, currency);
    if (minuteFields.has(field)) return clock(value);
    // 1 January 2024 was a Monday.
    if (field === 'weekday') return format.weekday(new Date(Date.UTC(2024, 0, value)), 'UTC');
    return plainNumbers.has(field) ? String(value) : format.number(value);
  };
}
