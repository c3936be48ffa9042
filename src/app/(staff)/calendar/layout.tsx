import type { ReactNode } from 'react';
import { deskPage } from '@/api/desk-page.ts';

/** Asked above the loading state: once that is sent, the answer's status can't say "forbidden" any more. */
export default async function CalendarLayout({ children }: { children: ReactNode }) {
  await deskPage();
  return children;
}
