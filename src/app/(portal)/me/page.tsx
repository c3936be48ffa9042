import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageAccount, pageCaller, signInHref } from '@/api/page.ts';
import { OwnAccountSections } from '@/ui/account/own-account.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('me.title') };
}

export default async function MePage() {
  const { session } = await pageCaller();
  if (!session) redirect(await signInHref());
  return (
    <div className="mx-auto max-w-160">
      <PageHeader title={(await getTranslations('visits'))('me.title')} />
      <OwnAccountSections account={await pageAccount()} />
    </div>
  );
}
