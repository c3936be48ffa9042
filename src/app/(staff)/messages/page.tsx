import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { mailState } from '@/api/client-page.ts';
import { liveCursor } from '@/api/desk-page.ts';
import { pageClinic } from '@/api/page.ts';
import { LiveProvider } from '@/ui/live/live-provider.tsx';
import { Outbox } from '@/ui/messages/outbox.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('messages'))('title') };
}

export default async function MessagesPage() {
  const mail = await mailState();
  if (mail === null) forbidden();
  const [clinic, cursor] = await Promise.all([pageClinic(), liveCursor()]);
  return (
    <LiveProvider cursor={cursor}>
      <Outbox zone={clinic.timeZone} isLocal={mail.isLocal} />
    </LiveProvider>
  );
}
