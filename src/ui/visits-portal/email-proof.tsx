'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { SignInLink } from '../booking/sign-in-link.tsx';
import type { OwnAccount } from './own-account.ts';

/** Seconds that count down to nothing, from whatever was last told. */
function useSeconds(start: number): [number, (seconds: number) => void] {
  const [seconds, setSeconds] = useState(start);
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return [seconds, setSeconds];
}

/** The six digits that were sent, now or later; another code; another address. */
export function EmailProof({ account }: { account: OwnAccount }) {
  const t = useTranslations('visits.me');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [code, setCode] = useState('');
  const [correcting, setCorrecting] = useState(false);
  const [wait, setWait] = useSeconds(account.waitSeconds);
  const prove = useMutation(api.account.proveEmail.mutationOptions({ networkMode: 'always' }));
  const resend = useMutation(api.account.resendCode.mutationOptions({ networkMode: 'always' }));
  if (prove.data?.outcome === 'sign_in_instead') {
    return (
      <p role="status">
        {t('signInInstead')} <SignInLink />
      </p>
    );
  }
  const refused = refusalOf(prove.error)?.code === 'proof_refused' ? problem(prove.error) : undefined;
  const error = fieldErrors(prove.error).code ?? refused;
  return (
    <>
      <p className="mb-1">{t('emailUnproven', { email: account.email })}</p>
      <p className="mb-4 text-sm text-soft">{t('whyProve')}</p>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          prove.mutate(
            { code },
            {
              onSuccess({ outcome }) {
                if (outcome === 'sign_in_instead') return;
                toast(t(outcome === 'joined' ? 'joined' : 'proven'));
                router.refresh();
              },
            },
          );
        }}
      >
        <TextField
          name="code"
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          value={code}
          error={error}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {prove.error !== null && error === undefined && (
          <p role="alert" className="text-danger">
            {problem(prove.error)}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" loading={prove.isPending || prove.isSuccess}>
            {t('prove')}
          </Button>
          <Button
            kind="quiet"
            loading={resend.isPending}
            disabled={wait > 0}
            onClick={() =>
              resend.mutate(undefined, {
                onSuccess({ waitSeconds }) {
                  setWait(waitSeconds);
                  toast(t('resent'));
                },
                onError(refusal) {
                  const known = refusalOf(refusal);
                  if (known?.code === 'wait') setWait(known.seconds);
                  else toast(problem(refusal), { tone: 'danger' });
                },
              })
            }
          >
            {wait > 0 ? t('resendIn', { seconds: wait }) : t('resend')}
          </Button>
          <Button kind="quiet" onClick={() => setCorrecting(!correcting)} aria-expanded={correcting}>
            {t('correct')}
          </Button>
        </div>
      </form>
      {correcting && (
        <CorrectAddress
          email={account.email}
          onSent={(waitSeconds) => {
            setCorrecting(false);
            setWait(waitSeconds);
            toast(t('resent'));
            router.refresh();
          }}
        />
      )}
    </>
  );
}

function CorrectAddress(props: { email: string; onSent: (waitSeconds: number) => void }) {
  const t = useTranslations();
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [email, setEmail] = useState(props.email);
  const correct = useMutation(api.account.correctEmail.mutationOptions({ networkMode: 'always' }));
  return (
    <form
      method="post"
      noValidate
      className="mt-4 flex flex-col gap-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        correct.mutate({ email }, { onSuccess: ({ waitSeconds }) => props.onSent(waitSeconds) });
      }}
    >
      <TextField
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        label={t('booking.email')}
        value={email}
        error={fieldErrors(correct.error).email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {correct.error !== null && fieldProblemsOf(correct.error).length === 0 && (
        <p role="alert" className="text-danger">
          {problem(correct.error)}
        </p>
      )}
      <div>
        <Button type="submit" kind="secondary" loading={correct.isPending}>
          {t('visits.me.correctSave')}
        </Button>
      </div>
    </form>
  );
}
