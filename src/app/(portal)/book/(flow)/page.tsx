import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { portalCatalogue, portalVisitor } from '@/api/portal-page.ts';
import { BookingFlow } from '@/ui/booking/booking-flow.tsx';
import { RefreshOnFocus } from '@/ui/visits-portal/refresh-on-focus.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('booking'))('title') };
}

/**
 * Has no loading.tsx beside it on purpose: with one, the first thing a newcomer sees would be a skeleton, and the
 * services only when the browser has put them in its place.
 */
export default async function BookPage() {
  const [catalogue, visitor] = await Promise.all([portalCatalogue(), portalVisitor()]);
  return (
    <>
      <BookingFlow catalogue={catalogue} visitor={visitor} />
      <RefreshOnFocus atMostEverySeconds={60} />
    </>
  );
}
