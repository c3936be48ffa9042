import type { ReactNode } from 'react';
import { portalDrawings } from '@/api/scheme-page.ts';

/** Asked above the loading states: once one is sent, the answer's status can't say "forbidden" any more. */
export default async function OwnDrawingsLayout({ children }: { children: ReactNode }) {
  await portalDrawings();
  return children;
}
