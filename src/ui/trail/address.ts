'use client';

import { useSearchParams } from 'next/navigation';
import { showAddress } from '../kit/show-address.ts';
import { actorKinds, type TrailFilter, trailFilter, trailKinds } from '../../domain/trail.ts';

/** The filters as they stand in the address: a link shows a colleague the same. */
export interface TrailAddress extends TrailFilter {
  /** What the record, or the client, was called where the link was made; for the chip alone. */
  named: string | null;
}

const keys = {
  fromDate: 'from',
  toDate: 'to',
  actorId: 'actor',
  actorKind: 'by',
  kind: 'kind',
  subjectType: 'about',
  recordId: 'record',
  clientId: 'client',
  named: 'named',
} as const satisfies Record<keyof TrailAddress, string>;

const fields = Object.entries(keys) as [keyof TrailAddress, string][];

export const noFilters: TrailAddress = {
  fromDate: null,
  toDate: null,
  actorId: null,
  actorKind: null,
  kind: null,
  subjectType: null,
  recordId: null,
  clientId: null,
  named: null,
};

type TextKey = 'fromDate' | 'toDate' | 'actorId' | 'subjectType' | 'recordId' | 'clientId';

/** What the address asks for; what makes no sense is left out, part by part. */
export function readAddress(params: URLSearchParams): TrailAddress {
  const given = (key: keyof typeof keys) => params.get(keys[key]);
  const part = (key: TextKey): string | null => {
    const parsed = trailFilter.shape[key].safeParse(given(key));
    return parsed.success ? parsed.data : null;
  };
  return {
    fromDate: part('fromDate'),
    toDate: part('toDate'),
    actorId: part('actorId'),
    actorKind: actorKinds.find((kind) => kind === given('actorKind')) ?? null,
    kind: trailKinds.find((kind) => kind === given('kind')) ?? null,
    subjectType: part('subjectType'),
    recordId: part('recordId'),
    clientId: part('clientId'),
    named: given('named')?.slice(0, 80) ?? null,
  };
}

/** The address as a query; what lets everything through is left out. */
export function writeAddress(address: TrailAddress): string {
  const parts = fields.flatMap(([field, key]): [string, string][] => {
    const value = address[field];
    return value === null ? [] : [[key, value]];
  });
  return parts.length === 0 ? '' : `?${new URLSearchParams(parts)}`;
}

export const filterOf = ({ named: _named, ...filter }: TrailAddress): TrailFilter => filter;

export const hasFilters = (address: TrailAddress): boolean =>
  Object.values(filterOf(address)).some((value) => value !== null);

export function useTrailAddress(): [TrailAddress, (part: Partial<TrailAddress>) => void] {
  const address = readAddress(useSearchParams());
  return [
    address,
    (part) => showAddress(`${window.location.pathname}${writeAddress({ ...address, ...part })}`, 'replace'),
  ];
}
