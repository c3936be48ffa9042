'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';

const nothing = { currentPassword: '', newPassword: '' };

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('visits.me');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [typed, setTyped] = useState(nothing);
  const change = useMutation(api.account.changePassword.mutationOptions({ networkMode: 'always' }));
  const errors = fieldErrors(change.error);
  if (refusalOf(change.error)?.code === 'wrong_credentials') errors.currentPassword = problem(change.error);
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(typed, {
          onSuccess() {
            setTyped(nothing);
            toast(t('passwordChanged'));
          },
        });
      }}
    >
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField
        name="currentPassword"
        type="password"
        label={t('currentPassword')}
        autoComplete="current-password"
        value={typed.currentPassword}
        error={errors.currentPassword}
        onChange={(event) => setTyped({ ...typed, currentPassword: event.currentTarget.value })}
      />
      <TextField
        name="newPassword"
        type="password"
        label={t('newPassword')}
        autoComplete="new-password"
        value={typed.newPassword}
        error={errors.newPassword}
        onChange={(event) => setTyped({ ...typed, newPassword: event.currentTarget.value })}
      />
      {change.error !== null && Object.keys(errors).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(change.error)}
        </p>
      )}
      <div>
        <Button type="submit" kind="secondary" loading={change.isPending}>
          {t('changePassword')}
        </Button>
      </div>
    </form>
  );
}
