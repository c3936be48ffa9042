import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { pageCaller, signInHref } from '@/api/page.ts';
import { portalAccount } from '@/api/portal-page.ts';
import { AccountPage } from '@/ui/visits-portal/account-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visits'))('me.title') };
}

export default async function MePage() {
  const { session } = await pageCaller();
  if (!session) redirect(await signInHref());
  return <AccountPage account={await portalAccount()} />;
}
