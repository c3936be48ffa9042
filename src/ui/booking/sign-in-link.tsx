'use client';
'use no memo';

import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';

/** Leads to the sign-in page and back to this very question, with the hold and everything typed in place. */
export function SignInLink() {
  const t = useTranslations('booking');
  const here = `${usePathname()}?${useSearchParams().toString()}`;
  return (
    <a
      href={`/sign-in?${new URLSearchParams({ callbackUrl: here })}`}
      className="inline-flex min-h-11 items-center font-semibold text-accent underline"
    >
      {t('signInInstead')}
    </a>
  );
}
