'use client';

import { useSearchParams } from 'next/navigation';
import { showAddress } from '../kit/show-address.ts';
import { isDate } from '../../domain/zone.ts';
import type { ColourBy, ColumnsBy, View } from './types.ts';

/** What of the calendar stands in the address: a link shows a colleague the same. */
export interface CalendarAddress {
  /** Null: today. */
  date: string | null;
  view: View;
  by: ColumnsBy;
  colour: ColourBy;
  /** Locations and columns shown; empty: all. */
  at: readonly string[];
  who: readonly string[];
  /** The visit whose drawer is open. */
  visit: string | null;
}

const listOf = (text: string | null): string[] => (text === null || text === '' ? [] : text.split(','));

export function readAddress(params: URLSearchParams): CalendarAddress {
  const date = params.get('date');
  return {
    date: date !== null && isDate(date) ? date : null,
    view: params.get('view') === 'week' ? 'week' : 'day',
    by: params.get('by') === 'room' ? 'room' : 'specialist',
    colour: params.get('colour') === 'specialist' ? 'specialist' : 'service',
    at: listOf(params.get('at')),
    who: listOf(params.get('who')),
    visit: params.get('visit'),
  };
}

/** The address as a query; what is usual is left out. */
export function writeAddress(address: CalendarAddress): string {
  const parts: [string, string | null][] = [
    ['date', address.date],
    ['view', address.view === 'day' ? null : address.view],
    ['by', address.by === 'specialist' ? null : address.by],
    ['colour', address.colour === 'service' ? null : address.colour],
    ['at', address.at.join(',') || null],
    ['who', address.who.join(',') || null],
    ['visit', address.visit],
  ];
  const query = parts
    .filter((part): part is [string, string] => part[1] !== null)
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
  return query === '' ? '' : `?${query}`;
}

/** The address and the way to change it: no request goes out, the page's data follows by itself. */
export function useCalendarAddress(): {
  address: CalendarAddress;
  change: (part: Partial<CalendarAddress>, how?: 'push' | 'replace') => void;
} {
  const params = useSearchParams();
  const address = readAddress(params);
  return {
    address,
    change(part, how = 'push') {
      // What stands in the bar at this moment: two changes in one go must not undo each other.
      const now = readAddress(new URLSearchParams(window.location.search));
      const href = `${window.location.pathname}${writeAddress({ ...now, ...part })}`;
      showAddress(href, how);
    },
  };
}
