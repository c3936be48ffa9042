import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { server } from '@/api/deps.ts';
import { anyCaller } from '@/api/page.ts';
import { formToken } from '@/api/sign-in.ts';
import { Button, ButtonLink } from '@/ui/kit/button.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.signOut'))('title') };
}

type Params = Promise<Record<string, string | string[] | undefined>>;

/** Ends the session with one press, with or without script; a GET alone never does. */
export default async function SignOutPage({ searchParams }: { searchParams: Params }) {
  const t = await getTranslations('account.signOut');
  const { session } = await anyCaller();
  if (session === null) {
    return (
      <div className="text-center">
        <h1 className="text-title font-semibold">{t('done')}</h1>
        <p className="mt-1 mb-6 text-soft">{t('doneText')}</p>
        <ButtonLink href="/sign-in" wide>
          {t('again')}
        </ButtonLink>
      </div>
    );
  }
  const token = await formToken(await server());
  if (token === null && (await searchParams).begun === undefined)
    redirect(`/sign-in/begin?${new URLSearchParams({ to: '/sign-out?begun=1' })}`);
  return (
    <form method="post" action="/api/auth/signout">
      <h1 className="text-title font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t('text', { name: session.name })}</p>
      <input type="hidden" name="csrfToken" value={token ?? ''} />
      <input type="hidden" name="callbackUrl" value="/sign-out" />
      <div className="flex flex-col gap-3">
        <Button type="submit" wide>
          {t('submit')}
        </Button>
        <ButtonLink href="/welcome" kind="quiet" wide>
          {t('stay')}
        </ButtonLink>
      </div>
    </form>
  );
}
