'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { LiveEvent } from './events.ts';
import { useLiveBatches } from './live-provider.tsx';

/**
 * Calls back with the events of these topics; with null when they can't be told one by one and everything must be read again.
 * Handlers invalidate queries and do nothing else: the same event may come twice.
 */
export function useLive(
  topics: string | readonly string[],
  handler: (events: readonly LiveEvent[] | null) => void,
): void {
  const wanted = typeof topics === 'string' ? [topics] : topics;
  useLiveBatches(({ events, reset }) => {
    if (reset) return handler(null);
    const own = events.filter(({ topic }) => wanted.includes(topic));
    if (own.length > 0) handler(own);
  });
}

/** Reads a query again whenever one of these topics is told of. */
export function useLiveQuery(topics: readonly string[], queryKey: QueryKey): void {
  const queries = useQueryClient();
  useLive(topics, () => void queries.invalidateQueries({ queryKey }));
}
