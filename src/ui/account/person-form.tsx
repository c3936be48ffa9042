'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAppLocale, localeNames, locales } from '../../i18n/locales.ts';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { CheckField, TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';

interface Person {
  firstName: string;
  lastName: string;
  phone: string | null;
  locale: string | null;
}

export function PersonForm({ account, onSaved }: { account: Person; onSaved: () => void }) {
  const t = useTranslations('account');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [typed, setTyped] = useState({
    firstName: account.firstName,
    lastName: account.lastName,
    phone: account.phone ?? '',
    locale: isAppLocale(account.locale) ? account.locale : locales[0],
  });
  const save = useMutation(
    api.account.update.mutationOptions({
      onSuccess() {
        toast(t('me.saved'));
        onSaved();
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
      <fieldset>
        <legend className="text-sm font-medium">{t('me.language')}</legend>
        <div className="flex flex-wrap gap-x-6">
          {locales.map((locale) => (
            <CheckField
              key={locale}
              type="radio"
              name="locale"
              label={<span lang={locale}>{localeNames[locale]}</span>}
              checked={typed.locale === locale}
              onChange={() => setTyped({ ...typed, locale })}
            />
          ))}
        </div>
      </fieldset>
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
