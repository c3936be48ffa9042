import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { portalVisit } from '@/api/portal-page.ts';

/** Asked above the loading state: once that is sent, the answer's status can't say "not found" any more. */
export default async function OneVisitLayout(props: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  if (!(await portalVisit((await props.params).id))) notFound();
  return props.children;
}
