import { httpBatchStreamLink, httpLink, splitLink } from '@trpc/client';
import superjson from 'superjson';
import { type ApiLinks, apiPath, batchSize, opensSession } from './client.ts';
import { noteServerTime } from './server-clock.ts';

async function timedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, init);
  noteServerTime(answer.headers.get('date'));
  return answer;
}

/** What a client's pages need: batches that stream, alone what sets a cookie. Uploads and open streams would only add to their script. */
export const portalLinks = (): ApiLinks => [
  splitLink({
    condition: opensSession,
    true: httpLink({ url: apiPath, transformer: superjson, fetch: timedFetch }),
    false: httpBatchStreamLink({
      url: apiPath,
      transformer: superjson,
      maxItems: batchSize,
      fetch: timedFetch,
    }),
  }),
];
