import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['drawings'];
export type OwnDrawingListed = Outputs['mine']['schemes'][number];
export type OwnDrawingView = Outputs['mineOne'];
