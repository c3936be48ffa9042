import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { signedIn, turnedAway } from '@/api/page.ts';
import { portalVisits } from '@/api/portal-page.ts';
import { sharedDrawings } from '@/api/scheme-page.ts';
import { RefreshOnChange } from '@/ui/visits-portal/refresh-on-change.tsx';
import { RefreshOnFocus } from '@/ui/visits-portal/refresh-on-focus.tsx';
import { VisitsList } from '@/ui/visits-portal/visits-list.tsx';
import { DrawingsLink } from '@/ui/zones/portal/drawings-link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('title') };
}

export default async function VisitsPage() {
  await signedIn();
  const visits = await portalVisits();
  if (!visits) return turnedAway();
  return (
    <>
      <VisitsList {...visits} />
      <div className="mx-auto max-w-160">
        <DrawingsLink count={await sharedDrawings()} />
      </div>
      <RefreshOnFocus />
      <RefreshOnChange />
    </>
  );
}
