import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query';
import { refusalOf } from './refusal.ts';

/** One per request on the server, one per tab in the browser. Queries begun on the server arrive while they run. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A refusal is an answer; only silence is worth asking again.
        retry: (failures, error) => refusalOf(error) === null && failures < 2,
      },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
        shouldRedactErrors: () => false,
      },
    },
  });
