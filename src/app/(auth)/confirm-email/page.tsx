import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ownPath } from '@/api/own-path.ts';
import { pageAccount, anyCaller, signInHref } from '@/api/page.ts';
import { ConfirmEmail } from '@/ui/account/confirm-email.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.confirm'))('title') };
}

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function ConfirmEmailPage({ searchParams }: { searchParams: Params }) {
  const { callbackUrl } = await searchParams;
  const going = ownPath(typeof callbackUrl === 'string' ? callbackUrl : null, '/visits');
  const { actor, session } = await anyCaller();
  if (session === null) redirect(await signInHref());
  if (actor.kind !== 'client' || session.emailVerified) redirect(going);
  return <ConfirmEmail account={await pageAccount()} destination={going} />;
}
