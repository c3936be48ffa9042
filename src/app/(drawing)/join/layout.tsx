import type { ReactNode } from 'react';
import { joinAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { PortalProviders } from '@/ui/shell/portal-providers.tsx';

/** Whoever scanned a code: no account, nothing of the clinic but the drawing they are let in to. */
export default function JoinLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages areas={joinAreas}>
      <PortalProviders>{children}</PortalProviders>
    </ClientMessages>
  );
}
