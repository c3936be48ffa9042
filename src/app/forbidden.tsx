import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PlainPage, plainButton } from '@/ui/shell/plain-page.tsx';

export default async function Forbidden() {
  const t = await getTranslations('shell.forbidden');
  return (
    <PlainPage title={t('title')} text={t('text')}>
      <Link href="/" className={plainButton}>
        {t('home')}
      </Link>
    </PlainPage>
  );
}
