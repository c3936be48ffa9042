'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProofOutcome } from '../../domain/account.ts';
import { Button } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { ResendCode } from './resend-code.tsx';
import type { OwnAccount } from './types.ts';

/** The six digits that were sent. Beside them the ways out: another code, another address. */
export function ProofForm(props: {
  account: Pick<OwnAccount, 'email' | 'waitSeconds'>;
  /** The only thing on the page. */
  alone?: boolean;
  onProven: (outcome: ProofOutcome) => void;
}) {
  const t = useTranslations('account.confirm');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [code, setCode] = useState('');
  const prove = useMutation(
    api.account.proveEmail.mutationOptions({
      networkMode: 'always',
      onSuccess: ({ outcome }) => props.onProven(outcome),
    }),
  );
  const { email, waitSeconds } = props.account;
  const alone = props.alone === true;
  const atField = fieldErrors(prove.error).code;
  const otherwise =
    prove.error !== null && fieldProblemsOf(prove.error).length === 0 ? problem(prove.error) : undefined;
  return (
    <>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!prove.isPending) prove.mutate({ code });
        }}
      >
        <TextField
          name="code"
          label={t('code')}
          hint={t('codeHint')}
          error={atField ?? otherwise}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          required
          autoFocus={alone}
        />
        <div className="mt-4">
          <Button type="submit" wide={alone} loading={prove.isPending || prove.isSuccess}>
            {t('submit')}
          </Button>
        </div>
      </form>
      <ResendCode
        key={email}
        email={email}
        waitSeconds={waitSeconds}
        onChanged={() => {
          prove.reset();
          router.refresh();
        }}
      />
    </>
  );
}
