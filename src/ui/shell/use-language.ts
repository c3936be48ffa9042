'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useTransition } from 'react';
import { type AppLocale, localeCookie } from '../../i18n/locales.ts';

/** The reader's language and how to change it: kept in a cookie for a year, the page stays where it is. */
export function useLanguage() {
  const router = useRouter();
  const locale = useLocale();
  const [pending, startTransition] = useTransition();
  return {
    locale,
    pending,
    choose(next: AppLocale) {
      const secure = window.location.protocol === 'https:' ? '; Secure' : '';
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers people still use
      document.cookie = `${localeCookie}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
      startTransition(() => router.refresh());
    },
  };
}
