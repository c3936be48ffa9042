'use client';

import { type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useEffect, useEffectEvent, useState } from 'react';
import type { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { useFieldErrors, useFieldText, useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { refusalOf } from '../trpc/refusal.ts';

export interface EditForm<Values extends object> {
  form: UseFormReturnType<Values>;
  submit: (event?: SubmitEvent<HTMLFormElement>) => void;
  pending: boolean;
  dirty: boolean;
  /** What went wrong as a whole, in words; the fields say the rest themselves. */
  problem: string | null;
  /** The refusal behind it, with data to act on. */
  refusal: Refusal | null;
  /** Set where somebody else saved meanwhile: everything typed is still there, and these are the two ways on. */
  stale: { takeTheirs: () => void; saveMine: () => void } | null;
  discard: () => void;
  /** What is saved now, read again; what was typed meanwhile is kept. */
  reload: () => Promise<void>;
}

/** A record as it was told of: its version, and what of it is edited. */
export interface Edited<Values> {
  version: number;
  values: Values;
}

const versionIn = (saved: unknown): number | null =>
  typeof saved === 'object' && saved !== null && 'version' in saved && typeof saved.version === 'number'
    ? saved.version
    : null;

/** Puts the cursor where the first complaint is, once it is drawn. */
function focusFirstComplaint(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(':is(input, select, textarea)[aria-invalid="true"]');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  });
}

/**
 * A form under one of the domain's schemas: what the schema says stands at the fields before anything is sent, what the
 * server says stands there after. Nothing typed is lost by a refusal, nor by a change of somebody else's that arrives meanwhile:
 * only a form nobody has touched follows it.
 */
export function useEditForm<Values extends object, Saved>(options: {
  initial: Values;
  schema: z.ZodType<Values>;
  /** Where the values lie in the procedure's input, e.g. `service`. */
  prefix?: string;
  /** Of the record in `initial`, as last told of; null or missing for something new. */
  version?: number | null;
  /** The record as it is now, where it has versions; null where it is gone. */
  latest?: () => Promise<Edited<Values> | null>;
  save: (values: Values, version: number | null) => Promise<Saved>;
  onSaved: (saved: Saved, values: Values) => void;
}): EditForm<Values> {
  const { schema, prefix, latest } = options;
  const told = options.version ?? null;
  const t = useTranslations();
  const fieldText = useFieldText();
  const fieldErrors = useFieldErrors();
  const problemText = useProblemText();
  const form = useForm<Values>({ mode: 'controlled', initialValues: options.initial });
  const [version, setVersion] = useState(told);
  const [problem, setProblem] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const mutation = useMutation({
    mutationFn: ({ values, over }: { values: Values; over: number | null }) => options.save(values, over),
    onSuccess: (saved, { values }) => {
      form.resetDirty(values);
      setVersion((before) => versionIn(saved) ?? before);
      options.onSaved(saved, values);
    },
    onError: (error) => {
      const errors = Object.entries(fieldErrors(error)).map(([path, words]) => [
        prefix !== undefined && path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : path,
        words,
      ]);
      form.setErrors(Object.fromEntries(errors));
      setProblem(problemText(error));
      setRefusal(refusalOf(error));
      if (errors.length > 0) focusFirstComplaint();
    },
  });
  const forget = () => {
    setProblem(null);
    setRefusal(null);
  };
  const take = (theirs: Edited<Values>) => {
    setVersion(theirs.version);
    form.setValues(theirs.values);
    form.resetDirty(theirs.values);
    form.clearErrors();
    forget();
  };
  const follow = () => {
    if (told !== null && version !== null && told > version) take({ version: told, values: options.initial });
  };
  const followUntouched = useEffectEvent(() => {
    if (!form.isDirty() && !mutation.isPending) follow();
  });
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => followUntouched());
    return () => clearTimeout(timer);
  }, [told]);

  /** Whatever goes wrong is said where everything else is. */
  const withLatest = async (work: (now: Edited<Values>) => void) => {
    try {
      const now = await latest?.();
      if (now) work(now);
      else setProblem(t('refusals.not_found'));
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const takeTheirs = () =>
    withLatest((now) => {
      const mine = form.getValues();
      take(now);
      toast(t('settings.theirsShown'), { undo: () => form.setValues(mine) });
    });
  const isStale = refusal?.code === 'stale' && latest !== undefined;
  const saveMine = () => withLatest((now) => send(now.version));
  const submit = (event?: SubmitEvent<HTMLFormElement>) => {
    event?.preventDefault();
    event?.stopPropagation();
    // Enter in a field decides nothing about what somebody else saved.
    if (!isStale) send(version);
  };
  /** Saves over that version, if the schema has nothing to say. */
  function send(over: number | null) {
    if (mutation.isPending) return;
    forget();
    const parsed = schema.safeParse(form.getValues());
    if (parsed.success) {
      form.clearErrors();
      mutation.mutate({ values: parsed.data, over });
      return;
    }
    const words: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues)
      words[path.join('.')] ??= fieldText({ code: message });
    form.setErrors(words);
    setProblem(t('refusals.invalid_input'));
    focusFirstComplaint();
  }
  return {
    form,
    submit,
    pending: mutation.isPending,
    dirty: form.isDirty(),
    problem,
    refusal,
    stale: isStale ? { takeTheirs: () => void takeTheirs(), saveMine: () => void saveMine() } : null,
    discard: () => {
      form.reset();
      forget();
      follow();
    },
    reload: () =>
      withLatest((now) => {
        if (!form.isDirty()) take(now);
      }),
  };
}
