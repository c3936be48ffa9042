import { httpBatchStreamLink } from '@trpc/client';
import superjson from 'superjson';
import { type ApiLinks, apiPath, batchSize } from './client.ts';

/** What a client's pages need: batches that stream. Uploads and open streams would only add to their script. */
export const portalLinks = (): ApiLinks => [
  httpBatchStreamLink({ url: apiPath, transformer: superjson, maxItems: batchSize }),
];
