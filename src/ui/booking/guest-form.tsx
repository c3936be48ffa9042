'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { needsPuzzle, PuzzleAgain } from '../account/puzzle-again.tsx';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { NoteField } from './confirm-form.tsx';
import type { Details } from './details-draft.ts';
import { SignInLink } from './sign-in-link.tsx';

/** Opens an account and books in one go. What is wrong with a field is said at the field, by the API that knows. */
export function GuestForm(props: {
  details: Details;
  isRequest: boolean;
  /** The account is there already and only the booking is to be sent again. */
  isRegistered: boolean;
  bookPending: boolean;
  disabled: boolean;
  onChange: (part: Partial<Details>) => void;
  onRegistered: () => void;
  onBook: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('booking');
  const locale = useLocale();
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState('');
  const register = useMutation(api.account.register.mutationOptions({ networkMode: 'always' }));
  const errors = fieldErrors(register.error);
  const pending = register.isPending || props.bookPending;
  useEffect(() => {
    const [first] = fieldProblemsOf(register.error);
    const field = first && form.current?.elements.namedItem(first.path);
    if (field instanceof HTMLElement) field.focus();
  }, [register.error]);

  function submit(puzzle?: string) {
    if (pending || props.disabled) return;
    if (props.isRegistered) return props.onBook();
    const { note: _, ...person } = props.details;
    register.mutate({ ...person, password, locale, puzzle }, { onSuccess: props.onRegistered });
  }

  const field = (name: 'firstName' | 'lastName' | 'email' | 'phone') => ({
    name,
    label: t(name),
    value: props.details[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      props.onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="flex max-w-prose flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>
        {t('haveAccount')} <SignInLink />
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field('firstName')} required autoComplete="given-name" />
        <TextField {...field('lastName')} autoComplete="family-name" />
      </div>
      <TextField {...field('email')} required type="email" inputMode="email" autoComplete="email" />
      <TextField
        {...field('phone')}
        label={t('phoneOptional')}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
      />
      <TextField
        name="password"
        type="password"
        label={t('newPassword')}
        hint={t('newPasswordHint')}
        required
        autoComplete="new-password"
        value={password}
        error={errors.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <NoteField note={props.details.note} onNote={(note) => props.onChange({ note })} />
      {props.isRequest && <p className="text-sm text-soft">{t('requestText')}</p>}
      <div>
        <Button type="submit" wide loading={pending} disabled={props.disabled}>
          {props.isRequest ? t('sendRequest') : t('bookNow')}
        </Button>
        {register.error !== null && !needsPuzzle(register.error) && (
          <p role="alert" className="mt-3 text-danger">
            {problem(register.error)}
          </p>
        )}
        <PuzzleAgain error={register.error} onSolved={submit} />
        {props.children}
      </div>
    </form>
  );
}
