import { z } from 'zod';
import { completeVisit, startVisit } from '../../server/visits/commands.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const visitsRouter = router({
  start: staffProcedure('visit.start')
    .input(z.object({ appointmentId: z.uuid() }))
    .mutation(async ({ ctx, input }) => unwrap(await startVisit(ctx.deps, ctx.actor, input.appointmentId))),
  complete: staffProcedure('visit.complete')
    .input(z.object({ visitId: z.uuid() }))
    .mutation(async ({ ctx, input }) => unwrap(await completeVisit(ctx.deps, ctx.actor, input.visitId))),
});
