import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { mailState } from '@/api/client-page.ts';
import { pageClinic } from '@/api/page.ts';
import { Outbox } from '@/ui/messages/outbox.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('messages'))('title') };
}

export default async function MessagesPage() {
  const mail = await mailState();
  const clinic = await pageClinic();
  return <Outbox zone={clinic.timeZone} isLocal={mail.isLocal} />;
}
