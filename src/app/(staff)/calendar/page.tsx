import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { bookingFor, deskPage } from '@/api/desk-page.ts';
import { calendarAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { CalendarPage } from '@/ui/calendar/calendar-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calendar'))('title') };
}

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ client?: string | string[] }>;
}) {
  const page = await deskPage();
  const client = await bookingFor((await searchParams).client);

  return (
    <ClientMessages areas={calendarAreas}>
      <CalendarPage desk={page.desk} rights={page.rights} client={client} />
    </ClientMessages>
  );
}
