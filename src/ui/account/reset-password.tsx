'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useFieldErrors, useProblemText } from '../kit/refusal-text.ts';
import { useTRPC } from '../trpc/client.ts';
import { fieldProblemsOf, refusalOf } from '../trpc/refusal.ts';
import { CodeField } from './code-field.tsx';
import { PasswordField } from './password-field.tsx';
import { asksForCode } from './prove-fields.tsx';

function listen(heard: () => void): () => void {
  window.addEventListener('hashchange', heard);
  return () => window.removeEventListener('hashchange', heard);
}

/** What stands behind the `#`: the browser tells no server, nor whoever merely fetches the page. Null while the server renders. */
const useToken = (): string | null =>
  useSyncExternalStore(
    listen,
    () => window.location.hash.slice(1),
    () => null,
  );

function NoLink() {
  const t = useTranslations('account.recovery');
  return (
    <>
      <h1 className="text-title font-semibold">{t('noLinkTitle')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('noLinkText')}</p>
      <ButtonLink href="/forgot-password" wide>
        {t('askAgain')}
      </ButtonLink>
    </>
  );
}

function Done() {
  const t = useTranslations('account.recovery');
  return (
    <div role="status">
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-settled-soft text-settled">
        <Icon name="check" size={24} />
      </span>
      <h1 className="text-title font-semibold">{t('doneTitle')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('doneText')}</p>
      <ButtonLink href="/sign-in" wide>
        {t('signIn')}
      </ButtonLink>
    </div>
  );
}

/** Nothing happens by opening the page: scanners of mail do that too. */
export function ResetPassword() {
  const t = useTranslations('account');
  const api = useTRPC();
  const problem = useProblemText();
  const fieldErrors = useFieldErrors();
  const token = useToken();
  const [typed, setTyped] = useState({ newPassword: '', code: '' });
  const [wantsCode, setWantsCode] = useState(false);
  const reset = useMutation(
    api.account.resetByLink.mutationOptions({
      networkMode: 'always',
      onError: (error) => setWantsCode(wantsCode || asksForCode(error)),
    }),
  );
  const refusal = refusalOf(reset.error);
  const errors = fieldErrors(reset.error);
  const isSaid = fieldProblemsOf(reset.error).length > 0 || refusal?.code === 'second_factor_asked';
  if (reset.isSuccess) return <Done />;
  if (token === '') return <NoLink />;
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!reset.isPending && token !== null) reset.mutate({ token, ...typed });
      }}
    >
      <h1 className="text-title font-semibold">{t('recovery.newTitle')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('recovery.newLead')}</p>
      <PasswordField
        name="newPassword"
        label={t('recovery.newPassword')}
        hint={t('register.passwordHint')}
        value={typed.newPassword}
        onChange={(event) => setTyped({ ...typed, newPassword: event.currentTarget.value })}
        error={errors.newPassword}
        autoComplete="new-password"
        required
        autoFocus
      />
      {wantsCode && (
        <CodeField
          label={t('recovery.code')}
          hint={t('recovery.codeHint')}
          value={typed.code}
          onChange={(event) => setTyped({ ...typed, code: event.currentTarget.value })}
          error={errors.code}
          autoFocus
        />
      )}
      {reset.error !== null && !isSaid && (
        <p role="alert" className="mt-2 text-danger">
          {problem(reset.error)}
        </p>
      )}
      <div className="mt-4 flex flex-col gap-3">
        <Button type="submit" wide loading={reset.isPending}>
          {t('recovery.save')}
        </Button>
        {refusal?.code === 'link_lapsed' && (
          <ButtonLink href="/forgot-password" kind="secondary" wide>
            {t('recovery.askAgain')}
          </ButtonLink>
        )}
      </div>
    </form>
  );
}
