import { cardTrailInput, revealInput, trailListInput } from '../../domain/trail.ts';
import { cardTrail, listTrail, trailPeople } from '../../server/trail/queries.ts';
import { readSealState, revealPersonal } from '../../server/trail/state.ts';
import { freshlyProven, router, staffProcedure, unwrap } from '../trpc.ts';

export const trailRouter = router({
  list: staffProcedure('audit.view')
    .input(trailListInput)
    .query(async ({ ctx, input }) => unwrap(await listTrail(ctx.deps, ctx.actor, input))),
  people: staffProcedure('audit.view').query(async ({ ctx }) =>
    unwrap(await trailPeople(ctx.deps, ctx.actor)),
  ),
  seal: staffProcedure('audit.view').query(async ({ ctx }) =>
    unwrap(await readSealState(ctx.deps, ctx.actor)),
  ),
  /** Of one card, for whoever sees the card. */
  ofClient: staffProcedure('client.list')
    .input(cardTrailInput)
    .query(async ({ ctx, input }) => unwrap(await cardTrail(ctx.deps, ctx.actor, input))),
  /** Opens personal values, and leaves an entry about that: no question to be asked by the way. */
  reveal: staffProcedure('audit.reveal')
    .input(revealInput)
    .mutation(async ({ ctx, input }) => unwrap(await revealPersonal(ctx.deps, ctx.actor, input))),
  /** Asked before the file is fetched, so that the page can ask for the proof it takes. */
  mayExport: staffProcedure('audit.view')
    .use(freshlyProven)
    .mutation(() => null),
});
