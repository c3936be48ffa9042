import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageAccount, signedIn } from '@/api/page.ts';
import { OwnAccountSections } from '@/ui/account/own-account.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('me.title') };
}

export default async function MePage() {
  await signedIn();
  return (
    <div className="mx-auto max-w-160">
      <PageHeader title={(await getTranslations('visits'))('me.title')} />
      <OwnAccountSections account={await pageAccount()} />
    </div>
  );
}
