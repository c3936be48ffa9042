import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['imports'];
export type ImportLine = Outputs['list'][number];
export type ImportDetail = Outputs['get'];
export type ImportRowLine = Outputs['rows']['rows'][number];
export type ImportStatus = ImportDetail['status'];

/** What rows can become, in the order they are spoken of. */
export const shownOutcomes = ['created', 'updated', 'history', 'unchanged', 'refused'] as const;
export type ShownOutcome = (typeof shownOutcomes)[number];
