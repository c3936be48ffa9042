import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>['pictures'];
export type PictureRow = Outputs['list'][number];
export type Photographs = Outputs['photographs'];
