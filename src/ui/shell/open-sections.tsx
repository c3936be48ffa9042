'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Section } from '../../domain/access/section.ts';

const OpenContext = createContext<readonly Section[]>([]);

/** What is open to the account that looks, told by the server to everything below. */
export function OpenSections({ open, children }: { open: readonly Section[]; children: ReactNode }) {
  return <OpenContext value={open}>{children}</OpenContext>;
}

/** Whether a way to that section may be shown. The section asks for itself again. */
export const useIsOpen = (section: Section): boolean => useContext(OpenContext).includes(section);
