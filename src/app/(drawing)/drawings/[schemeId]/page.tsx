import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { drawingPage } from '@/api/drawing-page.ts';
import { pageClinic } from '@/api/page.ts';
import { finishedHref } from '@/ui/zones/card/address.ts';
import { StaffDrawing } from '@/ui/zones/editor/staff-drawing.tsx';

type Props = { params: Promise<{ schemeId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('zones.editor'))('untitled') };
}

export default async function DrawingPage({ params }: Props) {
  const { schemeId } = await params;
  const drawing = await drawingPage(schemeId);
  if (drawing === null) notFound();
  const { scheme, licenseKey, accountId } = drawing;
  if (scheme.status === 'finished') redirect(finishedHref(schemeId));
  if (scheme.status === 'cancelled') redirect(`/clients/${scheme.clientId}`);
  const { timeZone } = await pageClinic();
  return <StaffDrawing scheme={scheme} zone={timeZone} licenseKey={licenseKey} accountId={accountId} />;
}
