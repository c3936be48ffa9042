import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

export type OwnVisit = inferRouterOutputs<AppRouter>['booking']['ownVisits'][number];

export const nameOf = ({ items }: Pick<OwnVisit, 'items'>): string =>
  items.map(({ serviceName }) => serviceName).join(', ');

export const performersOf = ({ items }: Pick<OwnVisit, 'items'>): string =>
  [...new Set(items.map(({ specialistName }) => specialistName))].join(', ');

/** May still be moved, as far as its own state goes. */
export const isMovable = (status: string): boolean => ['pending', 'booked', 'confirmed'].includes(status);
