import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { pageFinished } from '@/api/scheme-page.ts';
import { FinishedPage } from '@/ui/zones/finished/finished-page.tsx';

type Params = Promise<{ schemeId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const found = await pageFinished((await params).schemeId, null);
  const t = await getTranslations('zones.card');
  return { title: found ? t('pageOf', { name: found.client.name }) : t('pageTitle') };
}

/** A finished drawing; `?revision` asks for an earlier one. */
export default async function FinishedDrawingPage(props: {
  params: Params;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { schemeId } = await props.params;
  const { revision } = await props.searchParams;
  const number = typeof revision === 'string' && /^[1-9]\d{0,4}$/.test(revision) ? Number(revision) : null;
  const found = await pageFinished(schemeId, number);
  if (found === null) notFound();
  const { timeZone } = await pageClinic();
  return (
    <FinishedPage key={number} number={number} client={found.client} start={found.revision} zone={timeZone} />
  );
}
