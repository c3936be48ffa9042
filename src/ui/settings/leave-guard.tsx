'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';

/** While something is unsaved, a link away asks first; staying keeps everything as typed. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const t = useTranslations('settings');
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return;
    function onClick(event: MouseEvent) {
      if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return;
      const url = new URL(link.href, window.location.href);
      if (url.origin !== window.location.origin || url.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(url.pathname + url.search);
    }
    document.addEventListener('click', onClick, true);
    return () => document.removeEventListener('click', onClick, true);
  }, [dirty]);
  const leave = () => {
    const href = target;
    setTarget(null);
    if (href !== null) router.push(href);
  };
  return (
    <Dialog opened={target !== null} onClose={() => setTarget(null)} title={t('leaveTitle')}>
      <p className="text-soft">{t('leaveText')}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="default" onClick={leave}>
          {t('leaveAnyway')}
        </Button>
        <Button onClick={() => setTarget(null)} autoFocus>
          {t('stay')}
        </Button>
      </div>
    </Dialog>
  );
}
