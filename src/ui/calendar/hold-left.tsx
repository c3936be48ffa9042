'use client';

import { useEffect, useState } from 'react';
import { serverNow } from '../trpc/server-clock.ts';

/** How long a hold still stands, as `4:32`. */
export function HoldLeft({ until }: { until: number }) {
  const [seconds, setSeconds] = useState(() => Math.ceil((until - serverNow()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.ceil((until - serverNow()) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [until]);
  const left = Math.max(0, seconds);
  return ` · ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
