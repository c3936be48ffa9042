import type { ReactNode } from 'react';
import { editorsOnly } from '@/api/settings-page.ts';
import { trailAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export default async function TrailLayout({ children }: { children: ReactNode }) {
  await editorsOnly('trail');
  return <ClientMessages areas={trailAreas}>{children}</ClientMessages>;
}
