import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { server } from '@/api/deps.ts';
import { ownPath } from '@/api/own-path.ts';
import { pageQuickReturns } from '@/api/own-account-page.ts';
import { anyCaller } from '@/api/page.ts';
import { failedDestination, formToken } from '@/api/sign-in.ts';
import { QuickReturn } from '@/ui/account/quick-return.tsx';
import { problemOf } from '@/ui/account/sign-in.ts';
import { SignInForm } from '@/ui/account/sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.signIn'))('title') };
}

type Params = Promise<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value : null;

export default async function SignInPage({ searchParams }: { searchParams: Params }) {
  const params = await searchParams;
  const running = await server();
  const error = one(params.error);
  const wish = one(params.callbackUrl) ?? (error ? await failedDestination(running) : null);
  // A form that failed comes back with the whole way it was going.
  const going = ownPath(wish, '');
  const destination = going.startsWith('/welcome') ? going : `/welcome?${new URLSearchParams({ to: going })}`;
  if ((await anyCaller()).session !== null) redirect(destination);
  const token = one(params.csrf) === 'true' ? null : await formToken(running);
  if (token === null && one(params.begun) === null) {
    const back = `/sign-in?${new URLSearchParams({ callbackUrl: going, begun: '1' })}`;
    redirect(`/sign-in/begin?${new URLSearchParams({ to: back })}`);
  }
  return (
    <QuickReturn people={await pageQuickReturns()} destination={destination}>
      <SignInForm
        csrfToken={token ?? ''}
        destination={destination}
        problem={token === null ? { kind: 'cookiesOff' } : error ? problemOf(error) : null}
      />
    </QuickReturn>
  );
}
