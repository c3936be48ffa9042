'use client';

import { useEffect, useState } from 'react';

/** Counts whole seconds down to nought. `start` begins anew. */
export function useWait(seconds: number): { left: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) return;
    const end = until ?? Date.now() + left * 1000;
    const timer = setTimeout(() => {
      setUntil(end);
      setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    }, 1000);
    return () => clearTimeout(timer);
  }, [left, until]);
  return {
    left,
    start(next) {
      setUntil(null);
      setLeft(next);
    },
  };
}
