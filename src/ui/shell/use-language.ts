'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { type AppLocale, localeCookie } from '../../i18n/locales.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useTRPCClient } from '../trpc/client.ts';

/**
 * The reader's language and how to change it: kept in a cookie for a year and, for whoever is signed in, with the account;
 * the page stays where it is.
 */
export function useLanguage() {
  const router = useRouter();
  // What was chosen shows at once; the page's words follow.
  const [locale, setChosen] = useOptimistic(useLocale());
  const client = useTRPCClient();
  const problem = useProblemText();
  const [pending, startTransition] = useTransition();
  return {
    locale,
    pending,
    choose(next: AppLocale) {
      const secure = window.location.protocol === 'https:' ? '; Secure' : '';
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers people still use
      document.cookie = `${localeCookie}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
      startTransition(() => {
        setChosen(next);
        router.refresh();
      });
      // The page changes at once; the account has its own time.
      client.account.chooseLanguage
        .mutate({ locale: next })
        .catch((error: unknown) => void toast(problem(error), { tone: 'danger' }));
    },
  };
}
