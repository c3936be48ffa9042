'use client';

import { isServer, type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { type ApiLinks, TRPCProvider } from './client.ts';
import { makeQueryClient } from './query-client.ts';

let browserClient: QueryClient | undefined;

/** Kept outside React in the browser: a suspended first render must not throw the cache away. */
function queryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

export function ApiProvider({ links, children }: { links: () => ApiLinks; children: ReactNode }) {
  const queries = queryClient();
  const [client] = useState(() => createTRPCClient<AppRouter>({ links: links() }));
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
