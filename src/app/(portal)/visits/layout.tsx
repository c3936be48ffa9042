import type { ReactNode } from 'react';
import { signedIn, turnedAway } from '@/api/page.ts';
import { visitAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading states: once one is sent, the answer is 200, whatever comes after it. */
export default async function VisitsLayout({ children }: { children: ReactNode }) {
  const { actor } = await signedIn();
  if (actor.kind !== 'client') return turnedAway();
  return <ClientMessages areas={visitAreas}>{children}</ClientMessages>;
}
