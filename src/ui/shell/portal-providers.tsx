'use client';

import type { ReactNode } from 'react';
import { ProofHost } from '../account/proof-host.tsx';
import { portalLinks } from '../trpc/links.ts';
import { ApiProvider } from '../trpc/provider.tsx';

/** The API of the pages clients see, and nothing that a phone would load without using it. */
export function PortalProviders({ children }: { children: ReactNode }) {
  return (
    <ApiProvider links={portalLinks}>
      <div data-surface="portal">
        {children}
        <ProofHost />
      </div>
    </ApiProvider>
  );
}
