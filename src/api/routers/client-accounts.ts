import {
  blockClientInput,
  clientAccountRef,
  clientDeviceInput,
  endClientSessionsInput,
} from '../../domain/client-account.ts';
import { endSessionsOf, forgetDeviceOf, readPresence } from '../../server/access/presence.ts';
import { blockClient, readClientAccount, takeFactorOf } from '../../server/clients/account.ts';
import { freshlyProven, router, staffProcedure, unwrap } from '../trpc.ts';

const accountProcedure = staffProcedure('client.edit_account');

/** The accounts behind clients' cards: what `people` is for those of colleagues. */
export const clientAccountsRouter = router({
  one: accountProcedure
    .input(clientAccountRef)
    .query(async ({ ctx, input }) => unwrap(await readClientAccount(ctx.deps, ctx.actor, input))),
  block: accountProcedure
    .use(freshlyProven)
    .input(blockClientInput)
    .mutation(async ({ ctx, input }) => unwrap(await blockClient(ctx.deps, ctx.actor, input))),
  takeFactor: accountProcedure
    .use(freshlyProven)
    .input(clientAccountRef)
    .mutation(async ({ ctx, input }) => unwrap(await takeFactorOf(ctx.deps, ctx.actor, input))),
  presence: accountProcedure
    .input(clientAccountRef)
    .query(async ({ ctx, input }) =>
      unwrap(await readPresence(ctx.deps, ctx.actor, { ...input, currentSessionId: ctx.session.id })),
    ),
  endSessions: accountProcedure
    .input(endClientSessionsInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await endSessionsOf(ctx.deps, ctx.actor, { ...input, currentSessionId: ctx.session.id })),
    ),
  forgetDevice: accountProcedure
    .input(clientDeviceInput)
    .mutation(async ({ ctx, input }) => unwrap(await forgetDeviceOf(ctx.deps, ctx.actor, input))),
});
