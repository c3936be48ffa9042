'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProofOutcome } from '../../domain/account.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icons.tsx';
import { ProofForm } from './proof-form.tsx';
import type { OwnAccount } from './types.ts';

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

/** One question: the code. What came of it takes its place. */
export function ConfirmEmail(props: {
  account: Pick<OwnAccount, 'email' | 'waitSeconds'>;
  destination: string;
}) {
  const t = useTranslations('account.confirm');
  const [outcome, setOutcome] = useState<ProofOutcome | null>(null);
  const { account, destination } = props;
  if (outcome !== null) return <Confirmed outcome={outcome} destination={destination} />;
  return (
    <div>
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 break-words text-soft">{t('lead', { email: account.email })}</p>
      <ProofForm account={account} alone onProven={setOutcome} />
      <div className="mt-2">
        <ButtonLink href={destination} kind="quiet" wide>
          {t('later')}
        </ButtonLink>
      </div>
    </div>
  );
}
