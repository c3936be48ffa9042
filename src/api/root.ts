import { bookingRouter } from './routers/booking.ts';
import { liveRouter } from './routers/live.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  booking: bookingRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
