import {
  admitGuestInput,
  clientSchemesInput,
  correctSchemeInput,
  endGuestInput,
  goBackInput,
  guestTokenInput,
  joinInput,
  openSchemeInput,
  regionsInput,
  renameSchemeInput,
  revisionInput,
  schemeRefInput,
  setMarkInput,
  shareSchemeInput,
  stepsInput,
  underSchemeInput,
} from '../../domain/scheme/input.ts';
import { cancelScheme } from '../../server/schemes/cancel.ts';
import { correctScheme } from '../../server/schemes/correct.ts';
import { finishScheme, readFaults } from '../../server/schemes/finish.ts';
import { guestWay, leaveDrawing, readGuestView } from '../../server/schemes/guest-view.ts';
import { changeGuest, inviteGuest, joinByInvite, listGuests } from '../../server/schemes/guests.ts';
import { goBack, readHistoryOf } from '../../server/schemes/history.ts';
import { setMark } from '../../server/schemes/mark-lots.ts';
import { openScheme, renameScheme, setUnder } from '../../server/schemes/open.ts';
import { listOwnSchemes, readOwnScheme } from '../../server/schemes/portal.ts';
import { listSchemes, readScheme } from '../../server/schemes/queries.ts';
import { readRegions } from '../../server/schemes/region-history.ts';
import { readRevision } from '../../server/schemes/revisions.ts';
import { shareScheme } from '../../server/schemes/share.ts';
import { socketWay } from '../../server/schemes/socket.ts';
import { collabAddresses } from '../collab-address.ts';
import { countedIfRefused } from '../counted.ts';
import { clientProcedure, openProcedure, router, staffProcedure, unwrap } from '../trpc.ts';

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
      /** The collab-servers', to be tried in turn; the scheme's id and the ticket belong after it. */
      addresses: collabAddresses(ctx.env),
      ...unwrap(await socketWay(ctx.deps, ctx.actor, ctx.session, input.schemeId)),
    })),
  rename: staffProcedure('scheme.draw')
    .input(renameSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await renameScheme(ctx.deps, ctx.actor, input))),
  setUnder: staffProcedure('scheme.draw')
    .input(underSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await setUnder(ctx.deps, ctx.actor, input))),
  setMark: staffProcedure('scheme.draw')
    .input(setMarkInput)
    .mutation(async ({ ctx, input }) => unwrap(await setMark(ctx.deps, ctx.actor, input))),

  steps: staffProcedure('scheme.read')
    .input(stepsInput)
    .query(async ({ ctx, input }) => unwrap(await readHistoryOf(ctx.deps.db, ctx.actor, input))),
  goBack: staffProcedure('scheme.draw')
    .input(goBackInput)
    .mutation(async ({ ctx, input }) => unwrap(await goBack(ctx.deps, ctx.actor, input))),

  /** What would be refused if it were finished now. */
  faults: staffProcedure('scheme.read')
    .input(schemeRefInput)
    .query(async ({ ctx, input }) => unwrap(await readFaults(ctx.deps, ctx.actor, input.schemeId))),
  finish: staffProcedure('scheme.draw')
    .input(schemeRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await finishScheme(ctx.deps, ctx.actor, input.schemeId))),
  cancel: staffProcedure('scheme.draw')
    .input(schemeRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await cancelScheme(ctx.deps, ctx.actor, input.schemeId))),
  correct: staffProcedure('scheme.draw')
    .input(correctSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await correctScheme(ctx.deps, ctx.actor, input))),
  share: staffProcedure('scheme.draw')
    .input(shareSchemeInput)
    .mutation(async ({ ctx, input }) => unwrap(await shareScheme(ctx.deps, ctx.actor, input))),
  revision: staffProcedure('scheme.read')
    .input(revisionInput)
    .query(async ({ ctx, input }) => unwrap(await readRevision(ctx.deps.db, ctx.actor, input))),
  regions: staffProcedure('scheme.list')
    .input(regionsInput)
    .query(async ({ ctx, input }) => unwrap(await readRegions(ctx.deps.db, ctx.actor, input))),

  invite: staffProcedure('scheme.draw')
    .input(schemeRefInput)
    .mutation(async ({ ctx, input }) => unwrap(await inviteGuest(ctx.deps, ctx.actor, input.schemeId))),
  guests: staffProcedure('scheme.read')
    .input(schemeRefInput)
    .query(async ({ ctx, input }) => unwrap(await listGuests(ctx.deps.db, ctx.actor, input.schemeId))),
  admit: staffProcedure('scheme.draw')
    .input(admitGuestInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await changeGuest(ctx.deps, ctx.actor, { ...input, to: input.mode })),
    ),
  endGuest: staffProcedure('scheme.draw')
    .input(endGuestInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await changeGuest(ctx.deps, ctx.actor, { ...input, to: 'ended' })),
    ),

  /** By what an invitation's code holds; all a guest does afterwards is by the token they get here. */
  join: openProcedure('scheme.join')
    .input(joinInput)
    .use(countedIfRefused('join'))
    .mutation(async ({ ctx, input }) => unwrap(await joinByInvite(ctx.deps, ctx.actor, input))),
  guest: openProcedure('scheme.join')
    .input(guestTokenInput)
    .mutation(async ({ ctx, input }) => unwrap(await readGuestView(ctx.deps, ctx.actor, input.guestToken))),
  guestTicket: openProcedure('scheme.join')
    .input(guestTokenInput)
    .mutation(async ({ ctx, input }) => ({
      addresses: collabAddresses(ctx.env),
      ...unwrap(await guestWay(ctx.deps, ctx.actor, input.guestToken)),
    })),
  leave: openProcedure('scheme.join')
    .input(guestTokenInput)
    .mutation(async ({ ctx, input }) => unwrap(await leaveDrawing(ctx.deps, ctx.actor, input.guestToken))),

  mine: clientProcedure('scheme.view_own').query(({ ctx }) => listOwnSchemes(ctx.deps.db, ctx.actor)),
  mineOne: clientProcedure('scheme.view_own')
    .input(schemeRefInput)
    .query(async ({ ctx, input }) => unwrap(await readOwnScheme(ctx.deps.db, ctx.actor, input.schemeId))),
});
