import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cardRights, pageCard } from '@/api/client-page.ts';
import { pageClinic } from '@/api/page.ts';
import { drawingsOnCard } from '@/api/scheme-page.ts';
import { ClientPage } from '@/ui/clients/client-page.tsx';

type Params = Promise<{ clientId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const card = (await pageCard((await params).clientId))?.card;
  const t = await getTranslations('clients');
  return { title: card ? `${card.firstName} ${card.lastName}`.trim() : t('title') };
}

export default async function ClientCardPage({ params }: { params: Params }) {
  const { clientId } = await params;
  const rights = await cardRights();
  const found = await pageCard(clientId);
  if (found === null) notFound();
  const { card, visits } = found;
  // A merged card leads to the one that stayed.
  if (card.clientId !== clientId) redirect(`/clients/${card.clientId}`);
  const [clinic, drawings] = await Promise.all([pageClinic(), drawingsOnCard(clientId)]);
  return (
    <ClientPage
      card={card}
      visits={visits}
      drawings={drawings}
      rights={rights}
      zone={clinic.timeZone}
      currency={clinic.currency}
    />
  );
}
