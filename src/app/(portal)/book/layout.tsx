import type { ReactNode } from 'react';
import { bookingAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export default function BookLayout({ children }: { children: ReactNode }) {
  return <ClientMessages areas={bookingAreas}>{children}</ClientMessages>;
}
