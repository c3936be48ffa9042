import { z } from 'zod';
import { messageSight } from '../../domain/access/message.ts';
import { messageListInput } from '../../domain/message.ts';
import { retryMessage } from '../../server/notifications/commands.ts';
import {
  countMessages,
  listMessages,
  messagesOfClient,
  readMessage,
} from '../../server/notifications/queries.ts';
import { found, router, staffProcedure, unwrap } from '../trpc.ts';

const one = z.object({ messageId: z.uuid() });

export const messagesRouter = router({
  list: staffProcedure('message.view')
    .input(messageListInput)
    .query(({ ctx, input }) => listMessages(ctx.deps.db, messageSight(ctx.actor), input)),
  counts: staffProcedure('message.view').query(({ ctx }) =>
    countMessages(ctx.deps.db, messageSight(ctx.actor)),
  ),
  open: staffProcedure('message.view')
    .input(one)
    .query(async ({ ctx, input }) =>
      found(await readMessage(ctx.deps.db, messageSight(ctx.actor), input.messageId), 'message'),
    ),
  ofClient: staffProcedure('message.view')
    .input(z.object({ clientId: z.uuid() }))
    .query(async ({ ctx, input }) =>
      found(await messagesOfClient(ctx.deps.db, messageSight(ctx.actor), input.clientId), 'client'),
    ),
  retry: staffProcedure('message.retry')
    .input(one)
    .mutation(async ({ ctx, input }) => unwrap(await retryMessage(ctx.deps, ctx.actor, input.messageId))),
});
