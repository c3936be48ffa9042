import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ownAccountPage } from '@/api/own-account-page.ts';
import { staffAreas } from '@/i18n/areas.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { OwnAccountSections } from '@/ui/account/own-account.tsx';
import { PageHeader } from '@/ui/kit/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.me'))('title') };
}

export default async function AccountPage() {
  const t = await getTranslations('account.me');
  return (
    <ClientMessages areas={[...staffAreas, 'account']}>
      <div className="max-w-prose">
        <PageHeader title={t('title')} />
        <OwnAccountSections {...(await ownAccountPage())} here="/account" />
      </div>
    </ClientMessages>
  );
}
