'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';

const topics = ['catalogue', 'hours', 'people', 'settings'];

/** What another administrator changes shows on every settings page that is open; forms keep what was typed into them. */
export function LiveSettings() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(topics, () => {
    // Each of them shows something of the others: who does a service, whose hours, which location.
    for (const area of [
      trpc.catalogue,
      trpc.hours,
      trpc.people,
      trpc.clinic,
      trpc.roles,
      trpc.products,
      trpc.pictures,
    ])
      void queries.invalidateQueries(area.pathFilter());
  });
  return null;
}
