import type { ReactNode } from 'react';
import { pageSections } from '@/api/settings-page.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { LiveSettings } from '@/ui/settings/live-settings.tsx';
import { SettingsNav } from '@/ui/shell/settings-nav.tsx';
import { settingsAreas } from '@/i18n/areas.ts';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="lg:flex lg:gap-8">
      <SettingsNav open={await pageSections()} />
      <LiveSettings />
      <div className="min-w-0 flex-1">
        <ClientMessages areas={settingsAreas}>{children}</ClientMessages>
      </div>
    </div>
  );
}
