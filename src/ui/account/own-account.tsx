'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Section } from '../kit/section.tsx';
import { FormSkeleton } from '../kit/skeletons.tsx';
import { FailureState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { useTRPC } from '../trpc/client.ts';
import { PasswordForm } from './password-form.tsx';
import { PersonForm } from './person-form.tsx';

/** One's own account: who, which address, which password. For clients and staff alike; no part of the component library. */
export function OwnAccount() {
  const t = useTranslations('account.me');
  const api = useTRPC();
  const me = useQuery(api.account.me.queryOptions());
  if (me.isError) return <FailureState onRetry={() => void me.refetch()} />;
  if (!me.data) return <FormSkeleton />;
  const { email, emailVerified, kind } = me.data;
  return (
    <div className="flex max-w-prose flex-col gap-6">
      <Section title={t('person')}>
        <PersonForm account={me.data} onSaved={() => void me.refetch()} />
      </Section>
      <Section title={t('email')}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <span className="min-w-0 break-all">{email}</span>
          <StatusMark tone={emailVerified ? 'settled' : 'attention'}>
            {t(emailVerified ? 'confirmed' : 'unconfirmed')}
          </StatusMark>
          {!emailVerified && kind === 'client' && (
            <Link
              href="/confirm-email?callbackUrl=%2Fme"
              className="inline-flex min-h-11 items-center font-semibold text-accent underline"
            >
              {t('confirmNow')}
            </Link>
          )}
        </div>
      </Section>
      <Section title={t('password')}>
        <PasswordForm />
      </Section>
    </div>
  );
}
