import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['drawings'];
export type Scheme = Outputs['get'];
export type ProductChoice = Scheme['products'][number];
export type LotChoice = ProductChoice['lots'][number];
