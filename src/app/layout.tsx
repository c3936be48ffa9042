import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StartScript } from '@/ui/shell/start-script.tsx';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell');
  return { title: { default: t('product'), template: `%s · ${t('product')}` } };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1f1c1a' },
  ],
};

/** Language, colour mode and style alone: theme and API come with each surface, so that no page loads another's. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is made per request: a nonce can't be in a page made beforehand.
  await connection();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang={await getLocale()} data-mantine-color-scheme="light" suppressHydrationWarning>
      <head>
        <StartScript nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  );
}
