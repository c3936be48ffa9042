import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageAccount, signedIn } from '@/api/page.ts';
import { portalVisit } from '@/api/portal-page.ts';
import { ownVisitAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { BookedVisit } from '@/ui/visits-portal/booked-visit.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('confirmedTitle') };
}

export default async function ConfirmedPage({ params }: { params: Promise<{ id: string }> }) {
  await signedIn();
  const found = await portalVisit((await params).id);
  if (!found) notFound();
  return (
    <ClientMessages areas={ownVisitAreas}>
      <BookedVisit visit={found.visit} account={await pageAccount()} />
    </ClientMessages>
  );
}
