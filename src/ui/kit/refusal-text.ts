'use client';

import { useMessages, useTranslations } from 'next-intl';
import type { AreaMessages } from '../../i18n/types.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { type FieldProblem, fieldProblemsOf, isUnanswered, refusalOf } from '../trpc/refusal.ts';

/** The plain values of a refusal, for its sentence. */
function valuesOf(refusal: Refusal): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(refusal).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}

/** Words for whatever went wrong with a call: its refusal, no connection, or a fault of ours. */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations('refusals');
  return (error) => {
    const refusal = refusalOf(error);
    if (refusal !== null) return t(refusal.code, valuesOf(refusal));
    if (fieldProblemsOf(error).length > 0) return t('invalid_input');
    return t(isUnanswered(error) ? 'offline' : 'unexpected');
  };
}

/** Words for a refusal that is already at hand as a value. */
export function useRefusalText(): (refusal: Refusal) => string {
  const t = useTranslations('refusals');
  return (refusal) => t(refusal.code, valuesOf(refusal));
}

type FieldCode = keyof AreaMessages['refusals']['field'];

/** Words for one field's complaint; codes without words of their own get the general ones. */
export function useFieldText(): (problem: Pick<FieldProblem, 'code'> & Partial<FieldProblem>) => string {
  const t = useTranslations('refusals.field');
  const messages = useMessages();
  const hasWords = (code: string): code is FieldCode => Object.hasOwn(messages.refusals.field, code);
  return ({ code, params }) => (hasWords(code) ? t(code, params) : t('invalid'));
}

/** `form.setErrors(fieldErrors(error))`: the server's complaints as words by field path, as Mantine's form takes them. */
export function useFieldErrors(): (error: unknown) => Record<string, string> {
  const text = useFieldText();
  return (error) => {
    const words: Record<string, string> = {};
    // The first complaint of a field is the one to mend first.
    for (const problem of fieldProblemsOf(error)) words[problem.path] ??= text(problem);
    return words;
  };
}
