import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { pageCard } from '@/api/client-page.ts';
import { oneCardAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading state: once that is sent, the answer's status can't say "not found" any more. */
export default async function ClientCardLayout(props: {
  params: Promise<{ clientId: string }>;
  children: ReactNode;
}) {
  if ((await pageCard((await props.params).clientId)) === null) notFound();
  return <ClientMessages areas={oneCardAreas}>{props.children}</ClientMessages>;
}
