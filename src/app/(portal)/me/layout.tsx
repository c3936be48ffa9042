import type { ReactNode } from 'react';
import { ownVisitAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export default function MeLayout({ children }: { children: ReactNode }) {
  return <ClientMessages areas={ownVisitAreas}>{children}</ClientMessages>;
}
