'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { PasswordField } from './password-field.tsx';

const empty = { currentPassword: '', newPassword: '' };

/** Changing it ends every other session, and says so. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('account');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [typed, setTyped] = useState(empty);
  const change = useMutation(
    api.account.changePassword.mutationOptions({
      networkMode: 'always',
      onSuccess() {
        setTyped(empty);
        toast(t('me.passwordChanged'));
      },
    }),
  );
  const errors = fieldErrors(change.error);
  const isWrong = refusalOf(change.error)?.code === 'wrong_credentials';
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!change.isPending) change.mutate(typed);
      }}
    >
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        name="currentPassword"
        label={t('me.currentPassword')}
        value={typed.currentPassword}
        onChange={(event) => setTyped({ ...typed, currentPassword: event.currentTarget.value })}
        error={isWrong ? t('me.passwordWrong') : errors.currentPassword}
        autoComplete="current-password"
        required
      />
      <PasswordField
        name="newPassword"
        label={t('me.newPassword')}
        hint={t('register.passwordHint')}
        value={typed.newPassword}
        onChange={(event) => setTyped({ ...typed, newPassword: event.currentTarget.value })}
        error={errors.newPassword}
        autoComplete="new-password"
        required
      />
      {change.error !== null && !isWrong && fieldProblemsOf(change.error).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(change.error)}
        </p>
      )}
      <div>
        <Button type="submit" kind="secondary" loading={change.isPending}>
          {t('me.changePassword')}
        </Button>
      </div>
    </form>
  );
}
