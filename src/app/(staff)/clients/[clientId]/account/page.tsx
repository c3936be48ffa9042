import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cardRights, pageCard } from '@/api/client-page.ts';
import { pageClinic, turnedAway } from '@/api/page.ts';
import { clientAccountAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { ClientAccountPage } from '@/ui/access/client-account-page.tsx';

type Params = Promise<{ clientId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const card = (await pageCard((await params).clientId))?.card;
  const title = (await getTranslations('access'))('accountTitle');
  return { title: card ? `${title}: ${`${card.firstName} ${card.lastName}`.trim()}` : title };
}

/** How a client's account is entered. It has no loading state: the answer's status says who may not come in. */
export default async function ClientAccountRoute({ params }: { params: Params }) {
  const { clientId } = await params;
  if (!(await cardRights()).account) return turnedAway();
  const card = (await pageCard(clientId))?.card;
  if (card === undefined) notFound();
  // A merged card leads to the one that stayed.
  if (card.clientId !== clientId) redirect(`/clients/${card.clientId}/account`);
  const { timeZone } = await pageClinic();
  return (
    <ClientMessages areas={clientAccountAreas}>
      <ClientAccountPage
        clientId={clientId}
        name={`${card.firstName} ${card.lastName}`.trim()}
        zone={timeZone}
      />
    </ClientMessages>
  );
}
