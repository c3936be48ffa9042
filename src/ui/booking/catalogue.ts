import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

export type Catalogue = inferRouterOutputs<AppRouter>['catalogue']['public'];
export type BookableService = Catalogue['services'][number];
export type BookableTechnique = BookableService['techniques'][number];
export type Performer = Catalogue['specialists'][number];
export type Place = Catalogue['locations'][number];

export const serviceOf = (catalogue: Catalogue, id: string): BookableService | undefined =>
  catalogue.services.find((service) => service.id === id);

export const performerName = (catalogue: Catalogue, id: string): string =>
  catalogue.specialists.find((specialist) => specialist.id === id)?.name ?? '';
