import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

export type OwnAccount = inferRouterOutputs<AppRouter>['account']['me'];
