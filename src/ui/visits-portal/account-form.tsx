'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import type { OwnAccount } from './own-account.ts';

export function AccountForm({ account }: { account: OwnAccount }) {
  const t = useTranslations();
  const locale = useLocale();
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [person, setPerson] = useState({
    firstName: account.firstName,
    lastName: account.lastName,
    phone: account.phone ?? '',
  });
  const update = useMutation(api.account.update.mutationOptions({ networkMode: 'always' }));
  const errors = fieldErrors(update.error);
  const field = (name: keyof typeof person) => ({
    name,
    label: t(`booking.${name}`),
    value: person[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setPerson({ ...person, [name]: event.currentTarget.value }),
  });
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate(
          { ...person, locale: account.locale === 'ru' || account.locale === 'en' ? account.locale : locale },
          {
            onSuccess() {
              toast(t('visits.me.saved'));
              router.refresh();
            },
          },
        );
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field('firstName')} required autoComplete="given-name" />
        <TextField {...field('lastName')} autoComplete="family-name" />
      </div>
      <TextField {...field('phone')} type="tel" inputMode="tel" autoComplete="tel" />
      {update.error !== null && Object.keys(errors).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(update.error)}
        </p>
      )}
      <div>
        <Button type="submit" loading={update.isPending}>
          {t('visits.me.save')}
        </Button>
      </div>
    </form>
  );
}
