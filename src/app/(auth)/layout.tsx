import type { ReactNode } from 'react';
import { pageClinic } from '@/api/page.ts';
import { authAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { AuthShell } from '@/ui/shell/auth-shell.tsx';
import { AuthProviders } from '@/ui/shell/auth-providers.tsx';
import '@/ui/kit/styles/parts.css';

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const clinic = await pageClinic();
  return (
    <ClientMessages areas={authAreas}>
      <AuthProviders>
        <AuthShell clinic={clinic}>{children}</AuthShell>
      </AuthProviders>
    </ClientMessages>
  );
}
