import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type AppLocale, defaultLocale, isAppLocale, localeCookie, localeFromHeader } from './locales.ts';

/** The reader's language: their own choice (cookie; signing in sets it from the account), else the browser's, else English. */
export const requestLocale = cache(async (): Promise<AppLocale> => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  if (isAppLocale(chosen)) return chosen;
  return localeFromHeader((await headers()).get('accept-language')) ?? defaultLocale;
});
