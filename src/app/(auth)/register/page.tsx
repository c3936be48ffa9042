import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ownPath } from '@/api/own-path.ts';
import { pageCaller } from '@/api/page.ts';
import { RegisterForm } from '@/ui/account/register-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.register'))('title') };
}

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function RegisterPage({ searchParams }: { searchParams: Params }) {
  const { callbackUrl } = await searchParams;
  const going = ownPath(typeof callbackUrl === 'string' ? callbackUrl : null, '/welcome');
  if ((await pageCaller()).session !== null) redirect(going);
  return <RegisterForm destination={going} />;
}
