import type { TRPCLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../../api/root.ts';

/** `useTRPC().noun.procedure.queryOptions(input)` and the like, typed by the router alone. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type ApiLinks = TRPCLink<AppRouter>[];

export const apiPath = '/api/trpc';
/** The server refuses larger batches. */
export const batchSize = 10;
