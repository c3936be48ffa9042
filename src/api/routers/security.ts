import { z } from 'zod';
import { listBlocks, releaseBlock } from '../../server/access/blocks.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const securityRouter = router({
  /** Accounts, networks and devices held back for too many tries. */
  blocks: staffProcedure('people.edit').query(({ ctx }) => listBlocks(ctx.deps.db, ctx.deps.now())),
  releaseBlock: staffProcedure('people.edit')
    .input(z.object({ key: z.string().min(1).max(200) }))
    .mutation(async ({ ctx, input }) => unwrap(await releaseBlock(ctx.deps, ctx.actor, input))),
});
