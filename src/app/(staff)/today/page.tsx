import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { deskPage } from '@/api/desk-page.ts';
import { todayAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { TodayPage } from '@/ui/today/today-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('today'))('title') };
}

export default async function Page() {
  const page = await deskPage();
  return (
    <ClientMessages areas={todayAreas}>
      <TodayPage desk={page.desk} rights={page.rights} />
    </ClientMessages>
  );
}
