import {
  clientSchemesInput,
  openSchemeInput,
  renameSchemeInput,
  schemeRefInput,
  underSchemeInput,
} from '../../domain/scheme/input.ts';
import { openScheme, renameScheme, setUnder } from '../../server/schemes/open.ts';
import { listSchemes, readScheme } from '../../server/schemes/queries.ts';
import { socketWay } from '../../server/schemes/socket.ts';
import { collabAddress } from '../collab-address.ts';
import { router, staffProcedure, unwrap } from '../trpc.ts';

export const drawingsRouter = router({
  list: staffProcedure('scheme.list')
    .input(clientSchemesInput)
    .query(async ({ ctx, input }) => unwrap(await listSchemes(ctx.deps.db, ctx.actor, input.clientId))),
  get: staffProcedure('scheme.read')
    .input(schemeRefInput)
    .query(async ({ ctx, input }) =>
      unwrap(await readScheme(ctx.deps.db, ctx.actor, input.schemeId, ctx.deps.now())),
    ),
  open: staffProcedure('scheme.draw')
    .input(openSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await openScheme(ctx.deps, ctx.actor, input))),
  /** A socket's way in, fetched anew before every attempt. */
  ticket: staffProcedure('scheme.read')
    .input(schemeRefInput)
    .mutation(async ({ ctx, input }) => ({
      /** The collab-server's; the scheme's id and the ticket belong after it. */
      address: collabAddress(ctx.env),
      ...unwrap(await socketWay(ctx.deps, ctx.actor, ctx.session, input.schemeId)),
    })),
  rename: staffProcedure('scheme.draw')
    .input(renameSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await renameScheme(ctx.deps, ctx.actor, input))),
  setUnder: staffProcedure('scheme.draw')
    .input(underSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await setUnder(ctx.deps, ctx.actor, input))),
});
