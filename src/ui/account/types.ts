import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type Account = inferRouterOutputs<AppRouter>['account'];

export type OwnAccount = Account['me'];
export type OwnSecurity = Account['security'];
export type OwnPresence = Account['sessions'];
