'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPCClient } from '../trpc/client.ts';
import { signOut } from './sign-out.ts';

export interface AccountIdentity {
  id: string;
  name: string;
  email: string;
}

/**
 * Who is signed in, and the ways out: for good, for a moment, or because a client takes the tablet; each ends the session before anything
 * else is shown. The browser's own popover closes on Escape and outside, and returns focus.
 */
export function AccountMenu({ account }: { account: AccountIdentity }) {
  const t = useTranslations('shell.account');
  const boxId = useId();
  const client = useTRPCClient();
  const [leaving, setLeaving] = useState<'signOut' | 'lock' | 'handOver' | null>(null);
  const leave = (how: NonNullable<typeof leaving>, work: () => Promise<void>, failed: string) => {
    setLeaving(how);
    work().catch(() => {
      setLeaving(null);
      toast(failed, { tone: 'danger' });
    });
  };
  /** Nothing of the session stays in memory: the next page is loaded anew. */
  const lockAndGo = (how: 'lock' | 'handOver', path: string) =>
    leave(how, () => client.account.lock.mutate().then(() => window.location.assign(path)), t('lockFailed'));
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
        <div className="mb-2 flex flex-col gap-2">
          <Button
            kind="secondary"
            icon="lock"
            wide
            loading={leaving === 'lock'}
            onClick={() => lockAndGo('lock', '/sign-in')}
          >
            {t('lock')}
          </Button>
          <Button
            kind="secondary"
            icon="device"
            wide
            loading={leaving === 'handOver'}
            onClick={() => lockAndGo('handOver', '/book')}
          >
            {t('handOver')}
          </Button>
        </div>
        <Button
          kind="secondary"
          icon="signOut"
          wide
          loading={leaving === 'signOut'}
          onClick={() => leave('signOut', signOut, t('signOutFailed'))}
        >
          {t('signOut')}
        </Button>
      </div>
    </>
  );
}
