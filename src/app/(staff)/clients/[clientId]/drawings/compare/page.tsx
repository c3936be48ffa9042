import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { pageDrawings } from '@/api/scheme-page.ts';
import { ComparePage } from '@/ui/zones/compare/compare-page.tsx';

type Params = Promise<{ clientId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const found = await pageDrawings((await params).clientId);
  const t = await getTranslations('zones.compare');
  return { title: found ? t('titleOf', { name: found.client.name }) : t('title') };
}

/** `?left` and `?right` name finished drawings, each with its revision: `<id>.2`. */
export default async function CompareDrawingsPage(props: {
  params: Params;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { clientId } = await props.params;
  const found = await pageDrawings(clientId);
  if (found === null) notFound();
  const { client, drawings } = found;
  // A merged card leads to the one that stayed.
  if (client.clientId !== clientId) redirect(`/clients/${client.clientId}/drawings/compare`);
  const { left, right } = await props.searchParams;
  const { timeZone } = await pageClinic();
  return (
    <ComparePage
      client={client}
      start={drawings}
      zone={timeZone}
      left={typeof left === 'string' ? left : null}
      right={typeof right === 'string' ? right : null}
    />
  );
}
