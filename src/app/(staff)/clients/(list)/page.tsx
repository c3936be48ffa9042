import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cardRights } from '@/api/client-page.ts';
import { pageClinic } from '@/api/page.ts';
import { ClientList } from '@/ui/clients/client-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('clients'))('title') };
}

export default async function ClientsPage() {
  const rights = await cardRights();
  const clinic = await pageClinic();
  return <ClientList rights={rights} zone={clinic.timeZone} />;
}
