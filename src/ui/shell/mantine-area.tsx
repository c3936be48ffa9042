'use client';

import { MantineProvider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { colourModeManager } from '../kit/colour-mode.ts';
import { cssVariables, theme } from '../kit/theme.ts';

/**
 * The component library's theme. Around all of the staff's and the sign-in pages; the clients' pages do without
 * it on their first load and may wrap a part that is loaded later (which then also imports styles/parts.css).
 */
export function MantineArea({ children }: { children: ReactNode }) {
  const [manager] = useState(colourModeManager);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  );
}
