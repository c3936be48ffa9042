import {
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  isNonJsonSerializable,
  splitLink,
} from '@trpc/client';
import superjson from 'superjson';
import { unattendedHeader } from '../../domain/unattended.ts';
import { isUnattended } from './attendance.ts';
import { type ApiLinks, apiPath, batchSize } from './client.ts';
import { provingLink } from './proving-link.ts';

const headers = () => (isUnattended() ? { [unattendedHeader]: '1' } : {});

/** Open streams by SSE, files as they are, everything else in streamed batches. */
export const staffLinks = (): ApiLinks => [
  provingLink,
  splitLink({
    condition: (operation) => operation.type === 'subscription',
    true: httpSubscriptionLink({ url: apiPath, transformer: superjson }),
    false: splitLink({
      condition: (operation) => isNonJsonSerializable(operation.input),
      true: httpLink({
        url: apiPath,
        headers,
        transformer: { serialize: (data) => data, deserialize: superjson.deserialize },
      }),
      false: httpBatchStreamLink({ url: apiPath, headers, transformer: superjson, maxItems: batchSize }),
    }),
  }),
];
