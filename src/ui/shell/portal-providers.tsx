'use client';

import type { ReactNode } from 'react';
import { portalLinks } from '../trpc/links.ts';
import { ApiProvider } from '../trpc/provider.tsx';
import { Surface, type SurfaceName } from './surface.tsx';

/** Theme and API of the pages clients see: nothing here that a phone must load without using it. */
export function PortalProviders({ name, children }: { name: SurfaceName; children: ReactNode }) {
  return (
    <Surface name={name}>
      <ApiProvider links={portalLinks}>{children}</ApiProvider>
    </Surface>
  );
}
