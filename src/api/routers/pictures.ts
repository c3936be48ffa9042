import { photographsInput, renamePictureInput, retirePictureInput } from '../../domain/picture.ts';
import { renamePicture, retirePicture } from '../../server/pictures/commands.ts';
import { listPhotographs, listTemplates } from '../../server/pictures/queries.ts';
import { found, router, staffProcedure, unwrap } from '../trpc.ts';

/** Pictures themselves come and go through `/api/pictures`. */
export const picturesRouter = router({
  list: staffProcedure('scheme.list').query(({ ctx }) => listTemplates(ctx.deps.db)),
  photographs: staffProcedure('scheme.list')
    .input(photographsInput)
    .query(async ({ ctx, input }) =>
      found(await listPhotographs(ctx.deps.db, ctx.actor, { ...input, now: ctx.deps.now() }), 'client'),
    ),
  rename: staffProcedure('scheme.draw')
    .input(renamePictureInput)
    .mutation(async ({ ctx, input }) => unwrap(await renamePicture(ctx.deps, ctx.actor, input))),
  retire: staffProcedure('scheme.draw')
    .input(retirePictureInput)
    .mutation(async ({ ctx, input }) => unwrap(await retirePicture(ctx.deps, ctx.actor, input))),
});
