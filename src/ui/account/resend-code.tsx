'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { useWait } from './use-wait.ts';

/** Another code to the same address or to the right one. */
export function ResendCode(props: { email: string; waitSeconds: number; onChanged: () => void }) {
  const t = useTranslations('account.confirm');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const wait = useWait(props.waitSeconds);
  const [correcting, setCorrecting] = useState(false);
  const [email, setEmail] = useState(props.email);
  const settled = {
    onSuccess({ waitSeconds }: { waitSeconds: number }) {
      wait.start(waitSeconds);
      props.onChanged();
    },
    onError(error: unknown) {
      const refusal = refusalOf(error);
      if (refusal?.code === 'wait') wait.start(refusal.seconds);
    },
  };
  const resend = useMutation(api.account.resendCode.mutationOptions(settled));
  const correct = useMutation(api.account.correctEmail.mutationOptions(settled));
  const failure = resend.error ?? correct.error;
  const told =
    failure !== null && fieldProblemsOf(failure).length === 0 && refusalOf(failure)?.code !== 'wait';
  return (
    <div className="mt-4 border-t border-line pt-2">
      <p role="status" className="min-h-6 text-sm text-soft">
        {wait.left > 0
          ? `${resend.isSuccess || correct.isSuccess ? `${t('resent')} ` : ''}${t('resendWait', { seconds: wait.left })}`
          : ''}
      </p>
      {told && (
        <p role="alert" className="text-sm text-danger">
          {problem(failure)}
        </p>
      )}
      {correcting ? (
        <form
          method="post"
          noValidate
          className="mt-2 flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!correct.isPending) correct.mutate({ email }, { onSuccess: () => setCorrecting(false) });
          }}
        >
          <TextField
            name="email"
            type="email"
            label={t('newEmail')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={fieldErrors(correct.error).email}
            inputMode="email"
            autoComplete="email"
            required
            autoFocus
          />
          <Button type="submit" kind="secondary" loading={correct.isPending} disabled={wait.left > 0}>
            {t('change')}
          </Button>
          <Button kind="quiet" onClick={() => setCorrecting(false)}>
            {t('keep')}
          </Button>
        </form>
      ) : (
        <div className="flex flex-wrap justify-between gap-x-4">
          <TextButton onClick={() => resend.mutate()} disabled={wait.left > 0 || resend.isPending}>
            {t('resend')}
          </TextButton>
          <TextButton onClick={() => setCorrecting(true)}>{t('wrongAddress')}</TextButton>
        </div>
      )}
    </div>
  );
}

function TextButton(props: { onClick: () => void; disabled?: boolean; children: string }) {
  return (
    <button
      type="button"
      onClick={props.onClick}
      disabled={props.disabled}
      className="inline-flex min-h-11 cursor-pointer items-center text-accent underline disabled:cursor-not-allowed disabled:text-soft disabled:no-underline"
    >
      {props.children}
    </button>
  );
}
