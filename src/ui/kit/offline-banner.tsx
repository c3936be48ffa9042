'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Icon } from './icons.tsx';

function subscribe(changed: () => void) {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

export const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

/** Stays in the layout, so that screen readers hear it come and go. */
export function OfflineBanner() {
  const t = useTranslations('shell.offline');
  const online = useOnline();
  return (
    <div role="status" data-print="hide">
      {!online && (
        <p className="flex items-center gap-2 border-b border-line bg-attention-soft px-4 py-2 text-sm text-attention">
          <Icon name="offline" size={18} className="shrink-0" />
          <span>
            <strong className="font-semibold">{t('title')}.</strong> {t('text')}
          </span>
        </p>
      )}
    </div>
  );
}
