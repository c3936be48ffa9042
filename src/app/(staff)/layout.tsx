import { forbidden, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { liveCursor } from '@/api/desk-page.ts';
import { pageCaller, pageClinic, signInHref } from '@/api/page.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { staffAreas } from '@/i18n/areas.ts';
import { ClientCommands } from '@/ui/clients/client-commands.tsx';
import { LiveProvider } from '@/ui/live/live-provider.tsx';
import { StaffProviders } from '@/ui/shell/staff-providers.tsx';
import { StaffShell } from '@/ui/shell/staff-shell.tsx';
import '@/ui/kit/styles/staff.css';

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const [{ actor, session }, clinic, cursor] = await Promise.all([pageCaller(), pageClinic(), liveCursor()]);
  if (session === null) redirect(await signInHref());
  if (actor.kind !== 'staff') forbidden();
  const closed = [
    ...(actor.rights.has('messages.view') ? [] : ['/messages']),
    ...(actor.rights.has('settings.edit') || actor.rights.has('catalogue.edit') ? [] : ['/settings']),
  ];
  return (
    <ClientMessages areas={staffAreas}>
      <StaffProviders>
        <LiveProvider cursor={cursor}>
          <StaffShell
            account={{ id: session.accountId, name: session.name, email: session.email }}
            clinicName={clinic.name}
            hidden={closed}
          >
            <ClientCommands />
            {children}
          </StaffShell>
        </LiveProvider>
      </StaffProviders>
    </ClientMessages>
  );
}
