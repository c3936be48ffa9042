import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { portalDrawing } from '@/api/scheme-page.ts';
import { OwnDrawing } from '@/ui/zones/portal/own-drawing.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('zones.portal'))('oneTitle') };
}

/** It has no loading state: the answer's status says that nothing is shared here. */
export default async function OwnDrawingPage({ params }: { params: Promise<{ schemeId: string }> }) {
  const drawing = await portalDrawing((await params).schemeId);
  if (drawing === null) notFound();
  return <OwnDrawing drawing={drawing} zone={(await pageClinic()).timeZone} />;
}
