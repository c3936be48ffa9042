'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../trpc/client.ts';
import { refusalOf } from '../trpc/refusal.ts';
import { anyone, type Selection } from './selection.ts';

/** What starts are looked for: a new visit, or the visit that is being moved. */
export interface VisitWish {
  locationId: string;
  items: { serviceId: string; techniqueIds: string[]; specialistId: string | null }[];
  movingAppointmentId?: string;
}

export const wishOf = (selection: Selection): VisitWish => ({
  locationId: selection.placeId ?? '',
  items: selection.items.map(({ serviceId, techniqueIds, performer }) => ({
    serviceId,
    techniqueIds: [...techniqueIds],
    specialistId: performer === anyone || performer === '' ? null : performer,
  })),
});

/** Others book meanwhile: what stands on the screen is looked at again this often, and on return to the page. */
const refreshMs = 20_000;

/** Every start of so many local days. While another stretch loads, nothing of the last one is shown. */
export function useStarts(wish: VisitWish, fromDate: string, days: number, enabled = true) {
  const api = useTRPC();
  return useQuery(
    api.booking.starts.queryOptions(
      { ...wish, fromDate, days },
      {
        enabled,
        staleTime: refreshMs / 2,
        refetchInterval: refreshMs,
        refetchOnWindowFocus: 'always',
        // Without a connection a failure with a way on is better than waiting in silence.
        networkMode: 'always',
        retry: (failures, error) => refusalOf(error) === null && failures < 1,
      },
    ),
  );
}
