import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/root.ts';

type TodayView = inferRouterOutputs<AppRouter>['booking']['today'];
export type TodayVisit = TodayView['visits'][number];
export type TodayRequest = TodayView['requests'][number];
export type TodayFailure = NonNullable<TodayView['failures']>[number];
export type TodayFree = TodayView['free'][number];
export type TodayLocation = TodayView['locations'][number];
