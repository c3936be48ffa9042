'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useIsOpen } from '../shell/open-sections.tsx';

/** The way to the trail of one record and its parts; stands only where the trail is open. */
export function HistoryLink({ recordId, name }: { recordId: string; name: string }) {
  const t = useTranslations('settings');
  if (!useIsOpen('trail')) return null;
  return (
    <Link
      href={`/settings/trail?${new URLSearchParams({ record: recordId, named: name })}`}
      aria-label={t('historyNamed', { name })}
      className="inline-flex min-h-9 items-center rounded-md px-2 text-sm text-soft underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-accent pointer-coarse:min-h-11"
    >
      {t('history')}
    </Link>
  );
}
