import type { ReactNode } from 'react';
import { editorsOnly } from '@/api/settings-page.ts';
import { importAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export default async function ImportLayout({ children }: { children: ReactNode }) {
  await editorsOnly('import');
  return <ClientMessages areas={importAreas}>{children}</ClientMessages>;
}
