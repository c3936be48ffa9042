'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { toast } from '../kit/toasts.ts';
import { signOut } from '../shell/sign-out.ts';

/** Ends the session of this browser. */
export function SignOutButton() {
  const t = useTranslations('shell.account');
  const [leaving, setLeaving] = useState(false);
  return (
    <Button
      kind="secondary"
      icon="signOut"
      loading={leaving}
      onClick={() => {
        setLeaving(true);
        signOut().catch(() => {
          setLeaving(false);
          toast(t('signOutFailed'), { tone: 'danger' });
        });
      }}
    >
      {t('signOut')}
    </Button>
  );
}
