'use client';

import type { ReactNode } from 'react';
import { ProofHost } from '../account/proof-host.tsx';
import { portalLinks } from '../trpc/links.ts';
import { ApiProvider } from '../trpc/provider.tsx';
import { MantineArea } from './mantine-area.tsx';

export function AuthProviders({ children }: { children: ReactNode }) {
  return (
    <MantineArea>
      <ApiProvider links={portalLinks}>
        <div data-surface="auth">
          {children}
          <ProofHost />
        </div>
      </ApiProvider>
    </MantineArea>
  );
}
