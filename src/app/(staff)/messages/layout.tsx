import type { ReactNode } from 'react';
import { clientCardAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export default function MessagesLayout({ children }: { children: ReactNode }) {
  return <ClientMessages areas={clientCardAreas}>{children}</ClientMessages>;
}
