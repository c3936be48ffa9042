import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['drawings'];
export type DrawingList = Outputs['list'];
export type ListedDrawing = DrawingList['schemes'][number];

/** A card as the pages around drawings need it. */
export interface DrawnClient {
  clientId: string;
  name: string;
}
