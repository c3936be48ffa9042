import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { editorLicense } from '@/api/editor-license.ts';
import { GuestDrawing } from '@/ui/zones/editor/guest-drawing.tsx';

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('zones.editor'))('guest.title'), robots: { index: false } };
}

/** Tells nothing of whether the code is good: that is asked with a name. */
export default async function Join({ params }: Props) {
  return <GuestDrawing inviteToken={(await params).token} licenseKey={await editorLicense()} />;
}
