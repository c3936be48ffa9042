import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { signedIn } from '@/api/page.ts';
import { portalVisit } from '@/api/portal-page.ts';
import { ReschedulePage } from '@/ui/visits-portal/reschedule-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('rescheduleTitle') };
}

export default async function MoveVisitPage({ params }: { params: Promise<{ id: string }> }) {
  await signedIn();
  const found = await portalVisit((await params).id);
  if (!found) notFound();
  return <ReschedulePage {...found} />;
}
