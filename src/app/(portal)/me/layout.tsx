import type { ReactNode } from 'react';
import { signedIn } from '@/api/page.ts';
import { ownVisitAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

/** Asked above the loading state: once that is sent, nobody can be led to the sign-in page by a real redirect. */
export default async function MeLayout({ children }: { children: ReactNode }) {
  await signedIn();
  return <ClientMessages areas={ownVisitAreas}>{children}</ClientMessages>;
}
