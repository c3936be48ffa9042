'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';
import type { DrawingList } from './types.ts';

/** A client's drawings, read again whenever somebody opens, finishes or shares one. */
export function useDrawings(clientId: string, start: DrawingList) {
  const api = useTRPC();
  const queries = useQueryClient();
  useLive('client', (events) => {
    if (events === null || events.some(({ entityId }) => entityId === clientId))
      void queries.invalidateQueries({ queryKey: api.drawings.list.queryKey({ clientId }) });
  });
  return useQuery(api.drawings.list.queryOptions({ clientId }, { initialData: start, staleTime: 30_000 }))
    .data;
}
