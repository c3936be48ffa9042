import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ownAccountPage } from '@/api/own-account-page.ts';
import { signedIn } from '@/api/page.ts';
import { sharedDrawings } from '@/api/scheme-page.ts';
import { OwnAccountSections } from '@/ui/account/own-account.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';
import { DrawingsLink } from '@/ui/zones/portal/drawings-link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('me.title') };
}

export default async function MePage() {
  await signedIn();
  return (
    <div className="mx-auto max-w-160">
      <PageHeader title={(await getTranslations('visits'))('me.title')} />
      <DrawingsLink count={await sharedDrawings()} />
      <OwnAccountSections {...(await ownAccountPage())} here="/me" />
    </div>
  );
}
