import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signedIn } from '@/api/page.ts';
import { portalVisit } from '@/api/portal-page.ts';
import { RefreshOnChange } from '@/ui/visits-portal/refresh-on-change.tsx';
import { RefreshOnFocus } from '@/ui/visits-portal/refresh-on-focus.tsx';
import { VisitPage } from '@/ui/visits-portal/visit-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('visitTitle') };
}

export default async function OneVisitPage({ params }: { params: Promise<{ id: string }> }) {
  await signedIn();
  const found = await portalVisit((await params).id);
  if (!found) notFound();
  return (
    <>
      <VisitPage {...found} />
      <RefreshOnFocus />
      <RefreshOnChange />
    </>
  );
}
