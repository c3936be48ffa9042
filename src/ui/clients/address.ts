'use client';

import { useSearchParams } from 'next/navigation';
import { showAddress } from '../kit/show-address.ts';

/** What of the list stands in the address: a link shows a colleague the same. */
export interface ListAddress {
  search: string;
  tagIds: string[];
  sourceId: string | null;
  upcoming: 'yes' | 'no' | null;
  account: 'linked' | 'none' | null;
  sort: 'name' | 'newest';
}

const oneOf = <T extends string>(value: string | null, all: readonly T[]): T | null =>
  all.find((each) => each === value) ?? null;
const isId = (text: string): boolean => /^[\da-f-]{36}$/.test(text);

export function readAddress(params: URLSearchParams): ListAddress {
  const source = params.get('source') ?? '';
  return {
    search: (params.get('q') ?? '').slice(0, 80),
    tagIds: (params.get('tags') ?? '').split(',').filter(isId).slice(0, 10),
    sourceId: isId(source) ? source : null,
    upcoming: oneOf(params.get('upcoming'), ['yes', 'no']),
    account: oneOf(params.get('account'), ['linked', 'none']),
    sort: oneOf(params.get('sort'), ['name', 'newest']) ?? 'name',
  };
}

/** The address as a query; what is usual is left out. */
export function writeAddress(address: ListAddress): string {
  const parts: [string, string | null][] = [
    ['q', address.search || null],
    ['tags', address.tagIds.join(',') || null],
    ['source', address.sourceId],
    ['upcoming', address.upcoming],
    ['account', address.account],
    ['sort', address.sort === 'name' ? null : address.sort],
  ];
  const given = parts.filter((part): part is [string, string] => part[1] !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

export const noFilters = { search: '', tagIds: [], sourceId: null, upcoming: null, account: null };

export const hasFilters = ({ search, tagIds, sourceId, upcoming, account }: ListAddress): boolean =>
  search !== '' || tagIds.length > 0 || sourceId !== null || upcoming !== null || account !== null;

export function useListAddress(): [ListAddress, (part: Partial<ListAddress>) => void] {
  const params = useSearchParams();
  const address = readAddress(params);
  return [
    address,
    // Without a visit to the server: the list itself asks for what it needs.
    (part) => showAddress(`${window.location.pathname}${writeAddress({ ...address, ...part })}`, 'replace'),
  ];
}
