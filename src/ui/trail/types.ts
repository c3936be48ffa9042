import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['trail'];
export type TrailEntry = Outputs['list']['entries'][number];
export type TrailNames = Outputs['list']['names'];

/** What values are read with. */
export interface Reading {
  /** IANA zone of the clinic's first location. */
  zone: string;
  /** ISO 4217. */
  currency: string;
  names: TrailNames;
  /** Whether personal values may be opened by who looks. */
  mayReveal: boolean;
}
