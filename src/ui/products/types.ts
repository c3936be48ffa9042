import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['products'];
export type ProductList = Outputs['list'];
export type ProductRow = ProductList['products'][number];
export type LotRow = ProductRow['lots'][number];
export type OtherProduct = Outputs['others'][number];
