import type { ReactNode } from 'react';
import { mailState } from '@/api/client-page.ts';
import { clientCardAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading state: once that is sent, the answer's status can't say "forbidden" any more. */
export default async function MessagesLayout({ children }: { children: ReactNode }) {
  await mailState();
  return <ClientMessages areas={clientCardAreas}>{children}</ClientMessages>;
}
