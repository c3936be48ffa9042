'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import type { OwnAccount } from './types.ts';

/** Name and phone; a client's card at the clinic follows. */
export function PersonForm({ account }: { account: Pick<OwnAccount, 'firstName' | 'lastName' | 'phone'> }) {
  const t = useTranslations('account');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [typed, setTyped] = useState({
    firstName: account.firstName,
    lastName: account.lastName,
    phone: account.phone ?? '',
  });
  const save = useMutation(
    api.account.update.mutationOptions({
      networkMode: 'always',
      onSuccess() {
        toast(t('me.saved'));
        router.refresh();
      },
    }),
  );
  const errors = fieldErrors(save.error);
  const field = (name: 'firstName' | 'lastName' | 'phone') => ({
    name,
    label: t(`register.${name}`),
    value: typed[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate(typed);
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField {...field('firstName')} required autoComplete="given-name" />
        <TextField {...field('lastName')} autoComplete="family-name" />
      </div>
      <TextField {...field('phone')} type="tel" inputMode="tel" autoComplete="tel" />
      {save.error !== null && fieldProblemsOf(save.error).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(save.error)}
        </p>
      )}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('me.save')}
        </Button>
      </div>
    </form>
  );
}
