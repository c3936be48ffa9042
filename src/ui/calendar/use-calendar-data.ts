'use client';

import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { addDays, weekdayOf } from '../../domain/zone.ts';
import { type LiveEvent, touches } from '../live/events.ts';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import type { CalendarView, Desk, View } from './types.ts';

export interface ShownPlace {
  place: Desk['locations'][number];
  view: CalendarView | null;
}

/** Monday to Sunday around a date, or the date alone. */
export function datesOf(view: View, date: string): string[] {
  if (view === 'day') return [date];
  const monday = addDays(date, 1 - weekdayOf(date));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** The days of these locations, kept up to date by the stream. */
export function useCalendarData(places: readonly Desk['locations'][number][], dates: readonly string[]) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const fromDate = dates[0] ?? '';
  const results = useQueries({
    queries: places.map(({ id }) =>
      trpc.booking.calendar.queryOptions({ locationId: id, fromDate, days: dates.length }),
    ),
  });
  useLiveCalendars();
  const settled = results.every(({ isSuccess }) => isSuccess);
  const placeIds = places.map(({ id }) => id).join();
  const ahead = useEffectEvent(() => {
    for (const step of [dates.length, -dates.length])
      for (const { id } of places)
        void queries.prefetchQuery(
          trpc.booking.calendar.queryOptions({
            locationId: id,
            fromDate: addDays(fromDate, step),
            days: dates.length,
          }),
        );
  });
  // The neighbours are read in a quiet moment, so that the arrows answer at once.
  useEffect(() => {
    if (!settled) return;
    const timer = setTimeout(ahead, 800);
    return () => clearTimeout(timer);
  }, [settled, fromDate, placeIds]);
  return {
    shown: places.map((place, index): ShownPlace => ({ place, view: results[index]?.data ?? null })),
    loading: results.some(({ isPending }) => isPending),
    failed: results.find(({ isError, data }) => isError && data === undefined)?.error ?? null,
    retry: () => void Promise.all(results.map(({ refetch }) => refetch())),
  };
}

interface CalendarInput {
  locationId: string;
  fromDate: string;
  days: number;
}

function inputOf(key: QueryKey): CalendarInput | null {
  const [, rest] = key;
  if (typeof rest !== 'object' || rest === null || !('input' in rest)) return null;
  const { input } = rest;
  if (typeof input !== 'object' || input === null || !('locationId' in input)) return null;
  if (!('fromDate' in input) || !('days' in input)) return null;
  const { locationId, fromDate, days } = input;
  if (typeof locationId !== 'string' || typeof fromDate !== 'string' || typeof days !== 'number') return null;
  return { locationId, fromDate, days };
}

const topics = ['calendar', 'hours', 'people', 'catalogue', 'client', 'settings'];
const pauseMs = 250;

/** Reads again exactly the days that changed; the first word at once, a burst of them together. */
function useLiveCalendars(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const waiting = useRef<{
    timer: ReturnType<typeof setTimeout> | undefined;
    events: LiveEvent[];
    all: boolean;
  }>({
    timer: undefined,
    events: [],
    all: false,
  });
  const read = (events: readonly LiveEvent[] | null) =>
    void queries.invalidateQueries({
      queryKey: trpc.booking.calendar.pathKey(),
      predicate: ({ queryKey }) => {
        const input = inputOf(queryKey);
        if (events === null || input === null) return true;
        const untilDate = addDays(input.fromDate, input.days);
        return events.some((event) => touches(event, { ...input, untilDate }));
      },
    });
  useLive(topics, (events) => {
    const kept = waiting.current;
    if (kept.timer !== undefined) {
      if (events === null) kept.all = true;
      else kept.events.push(...events);
      return;
    }
    read(events);
    const again = () => {
      kept.timer = undefined;
      if (!kept.all && kept.events.length === 0) return;
      read(kept.all ? null : kept.events);
      kept.events = [];
      kept.all = false;
      kept.timer = setTimeout(again, pauseMs);
    };
    kept.timer = setTimeout(again, pauseMs);
  });
}
