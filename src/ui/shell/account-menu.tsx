'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { signOut } from './sign-out.ts';

export interface AccountIdentity {
  id: string;
  name: string;
  email: string;
}

/** Who is signed in, and the way out. The browser's own popover closes on Escape and outside, and returns focus. */
export function AccountMenu({ account }: { account: AccountIdentity }) {
  const t = useTranslations('shell.account');
  const boxId = useId();
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    signOut().catch(() => {
      setLeaving(false);
      toast(t('signOutFailed'), { tone: 'danger' });
    });
  };
  return (
    <>
      <button
        type="button"
        popoverTarget={boxId}
        className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-full border-0 bg-transparent p-0"
      >
        <PersonMark name={account.name} hue={hueOf(account.id)} />
        <span className="sr-only">{t('menu', { name: account.name })}</span>
      </button>
      <div
        id={boxId}
        popover="auto"
        role="dialog"
        aria-label={t('menu', { name: account.name })}
        className="fixed inset-auto top-14 right-4 m-0 w-72 max-w-[calc(100vw-2rem)] rounded-md border border-line bg-surface p-4 text-ink shadow-[0_4px_16px_rgb(20_18_16/0.12)]"
      >
        <p className="font-semibold">{account.name}</p>
        <p className="mb-4 text-sm text-soft">{account.email}</p>
        <div className="mb-2">
          <ButtonLink kind="quiet" wide href="/account">
            {t('own')}
          </ButtonLink>
        </div>
        <Button kind="secondary" icon="signOut" wide loading={leaving} onClick={leave}>
          {t('signOut')}
        </Button>
      </div>
    </>
  );
}
