import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { pageDrawings } from '@/api/scheme-page.ts';
import { schemeAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading states: once one is sent, the answer's status can't say "not found" any more. */
export default async function DrawingsLayout(props: {
  params: Promise<{ clientId: string }>;
  children: ReactNode;
}) {
  if ((await pageDrawings((await props.params).clientId)) === null) notFound();
  return <ClientMessages areas={schemeAreas}>{props.children}</ClientMessages>;
}
