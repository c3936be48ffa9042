'use client';

import { useEffect } from 'react';

/** A page that the browser kept as it was and brings back is read anew: whoever signed out, or handed the tablet over, left nothing behind. */
export function FreshReturn() {
  useEffect(() => {
    const reload = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', reload);
    return () => window.removeEventListener('pageshow', reload);
  }, []);
  return null;
}
