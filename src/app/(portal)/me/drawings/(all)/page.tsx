import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageClinic } from '@/api/page.ts';
import { portalDrawings } from '@/api/scheme-page.ts';
import { OwnDrawings } from '@/ui/zones/portal/own-drawings.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('zones.portal'))('title') };
}

export default async function OwnDrawingsPage() {
  const drawings = await portalDrawings();
  return <OwnDrawings drawings={drawings} zone={(await pageClinic()).timeZone} />;
}
