import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ownAccountPage } from '@/api/own-account-page.ts';
import { ownPath } from '@/api/own-path.ts';
import { anyCaller, signInHref } from '@/api/page.ts';
import { FactorSetup } from '@/ui/account/factor-setup.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.factor'))('setupTitle') };
}

type Params = Promise<Record<string, string | string[] | undefined>>;

/** Setting up a second factor, which is open to whoever has signed in: the one page an account that must have one can't be kept from. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Params }) {
  const { callbackUrl } = await searchParams;
  const going = ownPath(typeof callbackUrl === 'string' ? callbackUrl : null, '/welcome');
  const { session } = await anyCaller();
  if (session === null) redirect(await signInHref());
  const { security } = await ownAccountPage();
  if (security.secondFactor !== null) redirect(going);
  return <FactorSetup destination={going} isOverdue={session.factor === 'overdue'} />;
}
