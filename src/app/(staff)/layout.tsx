import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { liveCursor } from '@/api/desk-page.ts';
import { factorDaysLeft } from '@/api/own-account-page.ts';
import { anyCaller, pageClinic, signInHref, turnedAway } from '@/api/page.ts';
import { pageSections } from '@/api/settings-page.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { staffAreas } from '@/i18n/areas.ts';
import { FactorBanner } from '@/ui/account/factor-banner.tsx';
import { ClientCommands } from '@/ui/clients/client-commands.tsx';
import { LiveProvider } from '@/ui/live/live-provider.tsx';
import { StaffProviders } from '@/ui/shell/staff-providers.tsx';
import { StaffShell } from '@/ui/shell/staff-shell.tsx';
import '@/ui/kit/styles/staff.css';

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const [{ actor, session }, clinic, cursor] = await Promise.all([anyCaller(), pageClinic(), liveCursor()]);
  if (session === null) redirect(await signInHref());
  if (actor.kind !== 'staff') return turnedAway();
  return (
    <ClientMessages areas={staffAreas}>
      <StaffProviders>
        <LiveProvider cursor={cursor}>
          <StaffShell
            account={{ id: session.accountId, name: session.name, email: session.email }}
            clinicName={clinic.name}
            open={await pageSections()}
          >
            <ClientCommands />
            <FactorBanner daysLeft={await factorDaysLeft()} />
            {children}
          </StaffShell>
        </LiveProvider>
      </StaffProviders>
    </ClientMessages>
  );
}
