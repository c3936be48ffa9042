'use client';

import { useTranslations } from 'next-intl';

/** The drawing's own shape while its script comes: nothing jumps. */
export function Laying() {
  const t = useTranslations('zones.editor');
  return (
    <div className="fixed inset-0 flex flex-col bg-page">
      <div className="h-14 shrink-0 border-b border-line bg-surface" />
      <p role="status" className="grid flex-1 place-items-center text-soft">
        {t('loading')}
      </p>
    </div>
  );
}
