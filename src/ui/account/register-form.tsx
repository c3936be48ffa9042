'use client';

import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { PasswordField } from './password-field.tsx';
import { needsPuzzle, PuzzleAgain } from './puzzle-again.tsx';

const empty = { firstName: '', lastName: '', email: '', phone: '', password: '' };

/** Opens an account. What is wrong with a field is said at the field, by the API that knows. */
export function RegisterForm({ destination }: { destination: string }) {
  const t = useTranslations('account.register');
  const locale = useLocale();
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(empty);
  const register = useMutation(
    api.account.register.mutationOptions({
      onSuccess: () =>
        window.location.assign(`/confirm-email?${new URLSearchParams({ callbackUrl: destination })}`),
    }),
  );
  const errors = fieldErrors(register.error);
  const pending = register.isPending || register.isSuccess;
  useEffect(() => {
    const [first] = fieldProblemsOf(register.error);
    const field = first && form.current?.elements.namedItem(first.path);
    if (field instanceof HTMLElement) field.focus();
  }, [register.error]);
  const field = (name: keyof typeof empty) => ({
    name,
    label: t(name),
    value: typed[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) register.mutate({ ...typed, locale });
      }}
    >
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('lead')}</p>
      <div className="flex flex-col gap-3">
        <TextField {...field('firstName')} required autoComplete="given-name" autoFocus />
        <TextField {...field('lastName')} autoComplete="family-name" />
        <TextField {...field('email')} required type="email" inputMode="email" autoComplete="email" />
        <TextField {...field('phone')} hint={t('phoneHint')} type="tel" inputMode="tel" autoComplete="tel" />
        <PasswordField {...field('password')} hint={t('passwordHint')} required autoComplete="new-password" />
      </div>
      <div className="mt-3">
        <Button type="submit" wide loading={pending}>
          {t('submit')}
        </Button>
        {register.error !== null && !needsPuzzle(register.error) && (
          <p role="alert" className="mt-3 text-danger">
            {problem(register.error)}
          </p>
        )}
        <PuzzleAgain
          error={register.error}
          onSolved={(puzzle) => register.mutate({ ...typed, locale, puzzle })}
        />
      </div>
      <p className="mt-5 text-center text-soft">
        {t('haveOne')}{' '}
        <a
          href={`/sign-in?${new URLSearchParams({ callbackUrl: destination })}`}
          className="font-semibold text-accent underline"
        >
          {t('signIn')}
        </a>
      </p>
    </form>
  );
}
