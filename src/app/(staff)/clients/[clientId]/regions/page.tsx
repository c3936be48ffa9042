import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { pageDrawings } from '@/api/scheme-page.ts';
import { RegionsPage } from '@/ui/zones/regions/regions-page.tsx';

type Params = Promise<{ clientId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const found = await pageDrawings((await params).clientId);
  const t = await getTranslations('zones.regionsPage');
  return { title: found ? t('titleOf', { name: found.client.name }) : t('title') };
}

export default async function ClientRegionsPage(props: {
  params: Params;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { clientId } = await props.params;
  const found = await pageDrawings(clientId);
  if (found === null) notFound();
  const { client, drawings } = found;
  // A merged card leads to the one that stayed.
  if (client.clientId !== clientId) redirect(`/clients/${client.clientId}/regions`);
  const { region } = await props.searchParams;
  const { timeZone } = await pageClinic();
  return (
    <RegionsPage
      client={client}
      drawings={drawings}
      zone={timeZone}
      region={typeof region === 'string' ? region : null}
    />
  );
}
