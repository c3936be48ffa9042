'use client';
'use no memo';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Brings a page up to date when somebody returns to it, at most once in so many seconds. */
export function RefreshOnFocus({ atMostEverySeconds = 10 }: { atMostEverySeconds?: number }) {
  const router = useRouter();
  useEffect(() => {
    let last = Date.now();
    const refresh = () => {
      if (document.visibilityState !== 'visible' || Date.now() - last < atMostEverySeconds * 1000) return;
      last = Date.now();
      router.refresh();
    };
    document.addEventListener('visibilitychange', refresh);
    window.addEventListener('focus', refresh);
    return () => {
      document.removeEventListener('visibilitychange', refresh);
      window.removeEventListener('focus', refresh);
    };
  }, [router, atMostEverySeconds]);
  return null;
}
