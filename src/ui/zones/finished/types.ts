import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../api/root.ts';

export type Revision = inferRouterOutputs<AppRouter>['drawings']['revision'];

export interface ClientOfDrawing {
  clientId: string;
  name: string;
  hasAccount: boolean;
}
