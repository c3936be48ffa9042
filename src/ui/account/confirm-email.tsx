'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProofOutcome } from '../../domain/account.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { ResendCode } from './resend-code.tsx';

const words = {
  verified: ['verifiedTitle', 'verifiedText'],
  joined: ['joinedTitle', 'joinedText'],
  sign_in_instead: ['otherTitle', 'otherText'],
} as const satisfies Record<ProofOutcome, readonly [string, string]>;

function Confirmed({ outcome, destination }: { outcome: ProofOutcome; destination: string }) {
  const t = useTranslations('account.confirm');
  const [title, text] = words[outcome];
  return (
    <div className="text-center" role="status">
      <span className="mx-auto mb-4 grid size-12 place-items-center rounded-full bg-settled-soft text-settled">
        <Icon name={outcome === 'sign_in_instead' ? 'info' : 'check'} size={24} />
      </span>
      <h1 className="text-title font-semibold">{t(title)}</h1>
      <p className="mt-1 mb-6 text-soft">{t(text)}</p>
      <ButtonLink href={destination} wide>
        {t('onwards')}
      </ButtonLink>
    </div>
  );
}

/** One question: the code. Beside it the ways out: another code, another address, later. */
export function ConfirmEmail(props: { email: string; destination: string }) {
  const t = useTranslations('account.confirm');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [code, setCode] = useState('');
  const me = useQuery(api.account.me.queryOptions());
  const prove = useMutation(api.account.proveEmail.mutationOptions());
  if (prove.data) return <Confirmed outcome={prove.data.outcome} destination={props.destination} />;
  const atField = fieldErrors(prove.error).code;
  const otherwise =
    prove.error !== null && fieldProblemsOf(prove.error).length === 0 ? problem(prove.error) : undefined;
  return (
    <div>
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 break-words text-soft">{t('lead', { email: me.data?.email ?? props.email })}</p>
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
          autoFocus
        />
        <div className="mt-4">
          <Button type="submit" wide loading={prove.isPending}>
            {t('submit')}
          </Button>
        </div>
      </form>
      <ResendCode
        email={me.data?.email ?? props.email}
        waitSeconds={me.data?.waitSeconds ?? null}
        onChanged={() => {
          prove.reset();
          void me.refetch();
        }}
      />
      <div className="mt-2">
        <ButtonLink href={props.destination} kind="quiet" wide>
          {t('later')}
        </ButtonLink>
      </div>
    </div>
  );
}
