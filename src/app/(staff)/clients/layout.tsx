import type { ReactNode } from 'react';
import { cardRights } from '@/api/client-page.ts';
import { clientCardAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading states: once one is sent, the answer's status can't say "forbidden" any more. */
export default async function ClientsLayout({ children }: { children: ReactNode }) {
  await cardRights();
  return <ClientMessages areas={clientCardAreas}>{children}</ClientMessages>;
}
