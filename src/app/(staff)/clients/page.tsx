import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cardRights } from '@/api/client-page.ts';
import { liveCursor } from '@/api/desk-page.ts';
import { pageClinic } from '@/api/page.ts';
import { ClientList } from '@/ui/clients/client-list.tsx';
import { LiveProvider } from '@/ui/live/live-provider.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('clients'))('title') };
}

export default async function ClientsPage() {
  const rights = await cardRights();
  if (rights === null) forbidden();
  const [clinic, cursor] = await Promise.all([pageClinic(), liveCursor()]);
  return (
    <LiveProvider cursor={cursor}>
      <ClientList rights={rights} zone={clinic.timeZone} />
    </LiveProvider>
  );
}
