import type { ReactNode } from 'react';
import { liveCursor } from '@/api/desk-page.ts';
import { signedIn, turnedAway } from '@/api/page.ts';
import { drawingAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Toaster } from '@/ui/kit/toaster.tsx';
import { LiveProvider } from '@/ui/live/live-provider.tsx';
import { StaffProviders } from '@/ui/shell/staff-providers.tsx';
import '@/ui/kit/styles/staff.css';

/** Without the staff's frame: a drawing has the whole screen. */
export default async function DrawingLayout({ children }: { children: ReactNode }) {
  const { actor } = await signedIn();
  if (actor.kind !== 'staff') return turnedAway();
  return (
    <ClientMessages areas={drawingAreas}>
      <StaffProviders>
        <LiveProvider cursor={await liveCursor()}>
          {children}
          <Toaster />
        </LiveProvider>
      </StaffProviders>
    </ClientMessages>
  );
}
