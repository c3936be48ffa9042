import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { pageDrawings } from '@/api/scheme-page.ts';
import { DrawingsPage } from '@/ui/zones/card/drawings-page.tsx';

type Params = Promise<{ clientId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const found = await pageDrawings((await params).clientId);
  const t = await getTranslations('zones.card');
  return { title: found ? t('pageOf', { name: found.client.name }) : t('pageTitle') };
}

/** `?new` opens with the question what to draw on; `&visit` draws for that visit. */
export default async function ClientDrawingsPage(props: {
  params: Params;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { clientId } = await props.params;
  const found = await pageDrawings(clientId);
  if (found === null) notFound();
  const { client, drawings } = found;
  const asked = await props.searchParams;
  // A merged card leads to the one that stayed.
  if (client.clientId !== clientId) redirect(`/clients/${client.clientId}/drawings`);
  const { timeZone } = await pageClinic();
  return (
    <DrawingsPage
      client={client}
      start={drawings}
      zone={timeZone}
      choosing={asked.new !== undefined}
      visitId={typeof asked.visit === 'string' ? asked.visit : null}
    />
  );
}
