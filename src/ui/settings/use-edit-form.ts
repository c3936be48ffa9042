'use client';

import { type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { useFieldErrors, useFieldText, useProblemText } from '../kit/refusal-text.ts';
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
  discard: () => void;
  /** Takes the last complaint away and leaves everything as typed. */
  forget: () => void;
}

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
 * server says stands there after. Nothing typed is lost by a refusal.
 */
export function useEditForm<Values extends object, Saved>(options: {
  initial: Values;
  schema: z.ZodType<Values>;
  /** Where the values lie in the procedure's input, e.g. `service`. */
  prefix?: string;
  save: (values: Values) => Promise<Saved>;
  onSaved: (saved: Saved, values: Values) => void;
}): EditForm<Values> {
  const { schema, prefix } = options;
  const fieldText = useFieldText();
  const fieldErrors = useFieldErrors();
  const problemText = useProblemText();
  const invalidText = useTranslations('refusals')('invalid_input');
  const form = useForm<Values>({ mode: 'controlled', initialValues: options.initial });
  const [problem, setProblem] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const mutation = useMutation({
    mutationFn: options.save,
    onSuccess: (saved, values) => {
      form.resetDirty(values);
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
  const submit = (event?: SubmitEvent<HTMLFormElement>) => {
    event?.preventDefault();
    event?.stopPropagation();
    if (mutation.isPending) return;
    forget();
    const parsed = schema.safeParse(form.getValues());
    if (parsed.success) {
      form.clearErrors();
      mutation.mutate(parsed.data);
      return;
    }
    const words: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues)
      words[path.join('.')] ??= fieldText({ code: message });
    form.setErrors(words);
    setProblem(invalidText);
    focusFirstComplaint();
  };
  return {
    form,
    submit,
    pending: mutation.isPending,
    dirty: form.isDirty(),
    problem,
    refusal,
    discard: () => {
      form.reset();
      forget();
    },
    forget,
  };
}
