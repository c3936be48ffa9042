'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ButtonLink } from '../kit/button.tsx';
import { toast } from '../kit/toasts.ts';
import { ProofForm } from './proof-form.tsx';
import type { OwnAccount } from './types.ts';

/** An address still to be proven, among other things of the account: now or later. */
export function EmailProof({ account }: { account: Pick<OwnAccount, 'email' | 'waitSeconds'> }) {
  const t = useTranslations('account.confirm');
  const router = useRouter();
  const [elsewhere, setElsewhere] = useState(false);
  if (elsewhere)
    return (
      <div role="status" className="flex flex-col items-start gap-3">
        <p>{t('otherText')}</p>
        {/* Whoever is signed in here leaves first. */}
        <ButtonLink href="/sign-out" kind="secondary">
          {t('signIn')}
        </ButtonLink>
      </div>
    );
  return (
    <>
      <p className="mb-1 break-words">{t('lead', { email: account.email })}</p>
      <p className="mb-4 text-sm text-soft">{t('whyProve')}</p>
      <ProofForm
        account={account}
        onProven={(outcome) => {
          if (outcome === 'sign_in_instead') return setElsewhere(true);
          toast(t(outcome === 'joined' ? 'joinedText' : 'verifiedTitle'));
          router.refresh();
        }}
      />
    </>
  );
}
