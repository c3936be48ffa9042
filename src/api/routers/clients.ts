import { z } from 'zod';
import { clientSight } from '../../domain/access/client.ts';
import {
  clientListInput,
  clientSearchInput,
  clientTagInput,
  createClientInput,
  editClientInput,
  linkAccountInput,
  newTagInput,
} from '../../domain/client.ts';
import {
  addNewTag,
  addTag,
  createClient,
  editClient,
  linkAccount,
  removeTag,
} from '../../server/clients/commands.ts';
import {
  readCardChoices,
  readClient,
  readHistory,
  readLinkCandidates,
  readVisits,
} from '../../server/clients/queries.ts';
import { listClients, searchClients } from '../../server/clients/search.ts';
import { whoSees } from '../../server/clients/who-sees.ts';
import { found, router, staffProcedure, unwrap } from '../trpc.ts';

const one = z.object({ clientId: z.uuid() });
export const clientsRouter = router({
  list: staffProcedure('client.list')
    .input(clientListInput)
    .query(({ ctx, input }) => listClients(ctx.deps.db, clientSight(ctx.actor), input, ctx.deps.now())),
  search: staffProcedure('client.list')
    .input(clientSearchInput)
    .query(({ ctx, input }) => searchClients(ctx.deps.db, clientSight(ctx.actor), input, ctx.deps.now())),
  choices: staffProcedure('client.list').query(({ ctx }) => readCardChoices(ctx.deps.db)),
  card: staffProcedure('client.list')
    .input(one)
    .query(async ({ ctx, input }) =>
      found(await readClient(ctx.deps.db, clientSight(ctx.actor), input.clientId), 'client'),
    ),
  visits: staffProcedure('client.list')
    .input(one)
    .query(async ({ ctx, input }) =>
      found(await readVisits(ctx.deps.db, clientSight(ctx.actor), input.clientId, ctx.deps.now()), 'client'),
    ),
  history: staffProcedure('client.list')
    .input(one)
    .query(async ({ ctx, input }) =>
      found(await readHistory(ctx.deps.db, clientSight(ctx.actor), input.clientId), 'client'),
    ),
  whoSees: staffProcedure('audit.view')
    .input(one)
    .query(async ({ ctx, input }) => unwrap(await whoSees(ctx.deps, ctx.actor, input.clientId))),
  create: staffProcedure('client.create')
    .input(createClientInput)
    .mutation(async ({ ctx, input }) => unwrap(await createClient(ctx.deps, ctx.actor, input))),
  edit: staffProcedure('client.edit')
    .input(editClientInput)
    .mutation(async ({ ctx, input }) => unwrap(await editClient(ctx.deps, ctx.actor, input))),
  addTag: staffProcedure('client.edit')
    .input(clientTagInput)
    .mutation(async ({ ctx, input }) => unwrap(await addTag(ctx.deps, ctx.actor, input))),
  addNewTag: staffProcedure('client.edit')
    .input(newTagInput)
    .mutation(async ({ ctx, input }) => unwrap(await addNewTag(ctx.deps, ctx.actor, input))),
  removeTag: staffProcedure('client.edit')
    .input(clientTagInput)
    .mutation(async ({ ctx, input }) => unwrap(await removeTag(ctx.deps, ctx.actor, input))),
  linkCandidates: staffProcedure('client.link_account')
    .input(one)
    .query(({ ctx, input }) => readLinkCandidates(ctx.deps.db, clientSight(ctx.actor), input.clientId)),
  linkAccount: staffProcedure('client.link_account')
    .input(linkAccountInput)
    .mutation(async ({ ctx, input }) => unwrap(await linkAccount(ctx.deps, ctx.actor, input))),
});
