'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Refusal } from '../../domain/refusal.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { isUnanswered, refusalOf } from '../trpc/refusal.ts';
import { serverNow } from '../trpc/server-clock.ts';
import type { Offer } from './days.ts';
import type { VisitWish } from './use-starts.ts';

/** A start that somebody else has now, with what is near to it. */
export interface LostStart {
  startsAt: number;
  refusal: Refusal;
  alternatives: readonly Offer[];
}

/** What a refusal offers instead; null where it offers nothing. */
export function lostBy(error: unknown, startsAt: number): LostStart | null {
  const refusal = refusalOf(error);
  if (refusal === null || !('alternatives' in refusal)) return null;
  return { startsAt, refusal, alternatives: refusal.alternatives };
}

/** Silence is asked again under the same key: the command acts once. */
export const sendAgain = (failures: number, error: unknown): boolean => isUnanswered(error) && failures < 2;

/** Takes a start for this browser, and gives back the one it held before. */
export function useHold(wish: VisitWish, onHeld: (holdId: string) => void) {
  const api = useTRPC();
  const queries = useQueryClient();
  const [lost, setLost] = useState<LostStart | null>(null);
  const release = useMutation(api.booking.release.mutationOptions());
  const hold = useMutation(api.booking.hold.mutationOptions({ networkMode: 'always', retry: sendAgain }));
  const [former, setFormer] = useState<string | null>(null);
  function take(startsAt: number, instead: string | null, puzzle?: string) {
    setLost(null);
    setFormer(instead);
    hold.mutate(
      { ...wish, startsAt, idempotencyKey: newCallKey(), puzzle },
      {
        onSuccess(view) {
          queries.setQueryData(api.booking.view.queryKey({ appointmentId: view.appointmentId }), view);
          if (instead !== null) release.mutate({ appointmentId: instead });
          onHeld(view.appointmentId);
        },
        onError(error) {
          setLost(lostBy(error, startsAt));
          void queries.invalidateQueries(api.booking.starts.pathFilter());
        },
      },
    );
  }
  return {
    lost,
    forget: () => setLost(null),
    setLost,
    problem: lost === null ? hold.error : null,
    pending: hold.isPending ? hold.variables.startsAt : null,
    giveBack: (appointmentId: string) => release.mutate({ appointmentId }),
    take: (startsAt: number, instead: string | null) => take(startsAt, instead),
    /** The same once more, with the puzzle that was asked for. */
    takeAgain(puzzle: string) {
      if (hold.variables) take(hold.variables.startsAt, former, puzzle);
    },
  };
}

/** The hold behind an address: looked at on arrival and on return to the page; its end is decided by time. */
export function useHeld(holdId: string | null) {
  const api = useTRPC();
  const [overId, setOverId] = useState<string | null>(null);
  const query = useQuery(
    api.booking.view.queryOptions(
      { appointmentId: holdId ?? '' },
      { enabled: holdId !== null, staleTime: 5_000, refetchOnWindowFocus: 'always', networkMode: 'always' },
    ),
  );
  const view = holdId === null ? undefined : query.data;
  const isHold = view?.status === 'held' || view?.status === 'expired';
  const lapsed =
    holdId !== null &&
    (overId === holdId ||
      view?.status === 'expired' ||
      (view?.status === 'held' && (view.heldUntil ?? 0) <= serverNow()) ||
      refusalOf(query.error)?.code === 'not_found');
  return {
    view,
    isLoading: holdId !== null && query.isPending,
    error: query.data ? null : query.error,
    refetch: () => void query.refetch(),
    lapsed,
    /** It has become a visit meanwhile, in another tab perhaps. */
    isBooked: view !== undefined && !isHold,
    end: () => setOverId(holdId),
  };
}
export type Held = ReturnType<typeof useHeld>;
export type Hold = ReturnType<typeof useHold>;
