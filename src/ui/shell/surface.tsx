'use client';

import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { cssVariables, theme } from '../kit/theme.ts';

export type SurfaceName = 'staff' | 'portal' | 'auth';

/** Theme and colour mode for one surface. Sizes of touch targets follow from its name (see ground.css). */
export function Surface({ name, children }: { name: SurfaceName; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <div data-surface={name}>{children}</div>
    </MantineProvider>
  );
}
