import type { ReactNode } from 'react';
import { pageClinic } from '@/api/page.ts';
import { authAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { AuthShell } from '@/ui/shell/auth-shell.tsx';
import { PortalProviders } from '@/ui/shell/portal-providers.tsx';
import '@/ui/kit/styles/portal.css';

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const clinic = await pageClinic();
  return (
    <ClientMessages areas={authAreas}>
      <PortalProviders name="auth">
        <AuthShell clinic={clinic}>{children}</AuthShell>
      </PortalProviders>
    </ClientMessages>
  );
}
