import {
  batchInput,
  checkInput,
  discard,
  reshape,
  reshapeInput,
  resume,
  startCheck,
  startRun,
  startUndo,
} from '../../server/imports/commands.ts';
import {
  importDetail,
  importRows,
  listImports,
  reasonCounts,
  rowsInput,
} from '../../server/imports/queries.ts';
import { freshlyProven, router, staffProcedure, unwrap } from '../trpc.ts';

const procedure = staffProcedure('import.run');

export const importsRouter = router({
  list: procedure.query(({ ctx }) => listImports(ctx.deps.db)),
  get: procedure
    .input(batchInput)
    .query(async ({ ctx, input }) => unwrap(await importDetail(ctx.deps.db, input.batchId))),
  reasons: procedure.input(batchInput).query(({ ctx, input }) => reasonCounts(ctx.deps.db, input.batchId)),
  rows: procedure.input(rowsInput).query(({ ctx, input }) => importRows(ctx.deps.db, input)),
  /** Asked before the report is fetched, so that the page can ask for the proof it takes. */
  mayExport: procedure.use(freshlyProven).mutation(() => null),
  /** Another encoding, delimiter or kind: the file is looked through again. */
  reshape: procedure
    .input(reshapeInput)
    .mutation(async ({ ctx, input }) => unwrap(await reshape(ctx.deps, ctx.actor, input))),
  check: procedure
    .input(checkInput)
    .mutation(async ({ ctx, input }) => unwrap(await startCheck(ctx.deps, ctx.actor, input))),
  run: procedure
    .input(batchInput)
    .mutation(async ({ ctx, input }) => unwrap(await startRun(ctx.deps, ctx.actor, input))),
  undo: procedure
    .input(batchInput)
    .mutation(async ({ ctx, input }) => unwrap(await startUndo(ctx.deps, ctx.actor, input))),
  resume: procedure
    .input(batchInput)
    .mutation(async ({ ctx, input }) => unwrap(await resume(ctx.deps, ctx.actor, input))),
  discard: procedure
    .input(batchInput)
    .mutation(async ({ ctx, input }) => unwrap(await discard(ctx.deps, ctx.actor, input))),
});
