import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { MessageArea } from './types.ts';

/**
 * Sends the browser the texts of these areas and no others. A page deeper down may nest another one with the
 * areas it alone needs; the inner list must then name all it uses, because it replaces the outer one.
 */
export async function ClientMessages({
  areas,
  children,
}: {
  areas: readonly MessageArea[];
  children: ReactNode;
}) {
  const all = await getMessages();
  const wanted = new Set<string>(areas);
  const messages = Object.fromEntries(Object.entries(all).filter(([area]) => wanted.has(area)));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
