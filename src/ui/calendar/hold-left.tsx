'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTRPC } from '../trpc/client.ts';
import { serverNow } from '../trpc/server-clock.ts';

/** How long a hold still stands, as `4:32`. When it is over its time is free, whether or not anybody says so. */
export function HoldLeft({ until }: { until: number }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [seconds, setSeconds] = useState(() => Math.ceil((until - serverNow()) / 1000));
  const over = useEffectEvent(() => void queries.invalidateQueries({ queryKey: trpc.booking.pathKey() }));
  useEffect(() => {
    const timer = setInterval(() => {
      const left = Math.ceil((until - serverNow()) / 1000);
      setSeconds(left);
      if (left > 0) return;
      clearInterval(timer);
      over();
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  const left = Math.max(0, seconds);
  return ` · ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
