import type { ReactNode } from 'react';
import { pageClinic } from '@/api/page.ts';
import { portalAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { PortalProviders } from '@/ui/shell/portal-providers.tsx';
import { PortalShell } from '@/ui/shell/portal-shell.tsx';

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const clinic = await pageClinic();
  return (
    <ClientMessages areas={portalAreas}>
      <PortalProviders>
        <PortalShell clinic={clinic}>{children}</PortalShell>
      </PortalProviders>
    </ClientMessages>
  );
}
