'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { needsPuzzle, PuzzleAgain } from './puzzle-again.tsx';

/** Asks for a link to a new password. What is said afterwards is the same for every address. */
export function ForgotPassword() {
  const t = useTranslations('account.recovery');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [email, setEmail] = useState('');
  const ask = useMutation(api.account.askReset.mutationOptions({ networkMode: 'always' }));
  if (ask.isSuccess)
    return (
      <div role="status">
        <span className="mb-4 grid size-12 place-items-center rounded-full bg-settled-soft text-settled">
          <Icon name="check" size={24} />
        </span>
        <h1 className="text-title font-semibold">{t('sentTitle')}</h1>
        <p className="mt-1 mb-2">{t('sentText')}</p>
        <p className="mb-6 text-soft">{t('spam')}</p>
        <div className="flex flex-col gap-3">
          <ButtonLink href="/sign-in" wide>
            {t('backToSignIn')}
          </ButtonLink>
          <Button kind="quiet" wide onClick={() => ask.reset()}>
            {t('again')}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate({ email });
      }}
    >
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('lead')}</p>
      <TextField
        name="email"
        type="email"
        label={t('email')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldErrors(ask.error).email}
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        maxLength={254}
        required
        autoFocus
      />
      {ask.error !== null && fieldProblemsOf(ask.error).length === 0 && !needsPuzzle(ask.error) && (
        <p role="alert" className="mt-2 text-danger">
          {problem(ask.error)}
        </p>
      )}
      <PuzzleAgain error={ask.error} onSolved={(puzzle) => ask.mutate({ email, puzzle })} />
      <div className="mt-4 flex flex-col gap-3">
        <Button type="submit" wide loading={ask.isPending}>
          {t('submit')}
        </Button>
        <ButtonLink href="/sign-in" kind="quiet" wide>
          {t('backToSignIn')}
        </ButtonLink>
      </div>
    </form>
  );
}
