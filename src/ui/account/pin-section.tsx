'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { pinLength } from '../../domain/pin.ts';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';

/** Six digits for coming back to a shared tablet. */
export function PinSection({ hasPin }: { hasPin: boolean }) {
  const t = useTranslations('account.pin');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [pin, setPin] = useState('');
  const settled = (words: string) => () => {
    setPin('');
    toast(words);
    router.refresh();
  };
  const choose = useMutation(
    api.account.choosePin.mutationOptions({ networkMode: 'always', onSuccess: settled(t('saved')) }),
  );
  const remove = useMutation(
    api.account.removePin.mutationOptions({ networkMode: 'always', onSuccess: settled(t('removed')) }),
  );
  const error = choose.error ?? remove.error;
  return (
    <Section title={t('title')} lead={t('lead')}>
      <p className="mb-3">{t(hasPin ? 'chosen' : 'none')}</p>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!choose.isPending) choose.mutate({ pin });
        }}
      >
        <div className="max-w-60">
          <TextField
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={pinLength}
            label={t('new')}
            hint={t('hint')}
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
            error={fieldErrors(choose.error).pin}
            required
          />
        </div>
        {error !== null && fieldProblemsOf(error).length === 0 && (
          <p role="alert" className="text-danger">
            {problem(error)}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="secondary" loading={choose.isPending}>
            {t(hasPin ? 'change' : 'set')}
          </Button>
          {hasPin && (
            <Button kind="quiet" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('remove')}
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
