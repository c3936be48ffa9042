'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf } from '../trpc/refusal.ts';
import { CodeField } from './code-field.tsx';
import { QrPicture } from './qr-picture.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** The question of this step; a new one takes the focus, so that it is read out. */
function Step(props: { title: string; text: string; isNew: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (props.isNew) heading.current?.focus();
  }, [props.isNew]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-title font-semibold">
        {props.title}
      </h1>
      <p className="mt-1 mb-6 text-soft">{props.text}</p>
      {props.children}
    </>
  );
}

/** In fours, as people read them off a screen. */
const inGroups = (seed: string): string => seed.replace(/(.{4})(?=.)/g, '$1 ');

/** Scan, type a code, keep the recovery codes: one thing at a time. Nothing counts before the code was shown. */
export function FactorSetup(props: { destination: string; isOverdue: boolean }) {
  const t = useTranslations('account.factor');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const [code, setCode] = useState('');
  const begin = useMutation(api.account.beginFactor.mutationOptions({ networkMode: 'always' }));
  const confirm = useMutation(api.account.confirmFactor.mutationOptions({ networkMode: 'always' }));
  const codes = confirm.data?.recoveryCodes;
  const scan = begin.data;
  if (codes !== undefined)
    return (
      <Step isNew title={t('codesTitle')} text={t('codesText')}>
        <RecoveryCodes codes={codes} onKept={() => window.location.assign(props.destination)} />
      </Step>
    );
  if (scan !== undefined)
    return (
      <Step isNew title={t('scanTitle')} text={t('setupText')}>
        <QrPicture rows={scan.rows} label={t('picture')} />
        <p className="mt-4 text-sm text-soft">{t('cantScan')}</p>
        <p className="mt-1 mb-6 font-mono text-sm break-words select-all">{inGroups(scan.seed)}</p>
        <form
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!confirm.isPending) confirm.mutate({ code });
          }}
        >
          <CodeField
            label={t('code')}
            hint={t('codeHint')}
            inputMode="numeric"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={
              fieldErrors(confirm.error).code ??
              (confirm.error !== null && fieldProblemsOf(confirm.error).length === 0
                ? problem(confirm.error)
                : undefined)
            }
          />
          <div className="mt-4">
            <Button type="submit" wide loading={confirm.isPending}>
              {t('confirm')}
            </Button>
          </div>
        </form>
      </Step>
    );
  return (
    <Step
      isNew={false}
      title={t(props.isOverdue ? 'neededTitle' : 'setupTitle')}
      text={`${t(props.isOverdue ? 'neededText' : 'lead')} ${t('setupText')}`}
    >
      <div className="flex flex-col gap-3">
        <Button wide loading={begin.isPending} onClick={() => begin.mutate()}>
          {t('begin')}
        </Button>
        {props.isOverdue ? (
          <ButtonLink href="/sign-out" kind="quiet" wide>
            {t('signOut')}
          </ButtonLink>
        ) : (
          <ButtonLink href={props.destination} kind="quiet" wide>
            {t('notNow')}
          </ButtonLink>
        )}
      </div>
      {begin.error !== null && (
        <p role="alert" className="mt-3 text-danger">
          {problem(begin.error)}
        </p>
      )}
    </Step>
  );
}
