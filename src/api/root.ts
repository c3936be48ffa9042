import { liveRouter } from './routers/live.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
