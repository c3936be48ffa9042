'use client';

import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { proofStore } from '../trpc/proof.ts';

// Few pages ever ask: none loads it before.
const ProveDialog = lazy(() => import('./prove-dialog.tsx'));

const no = () => false;

/** Stands once on every surface: asks who holds the session where a command is refused until that is proven (`provingLink`). */
export function ProofHost() {
  const isAsked = useSyncExternalStore(proofStore.subscribe, proofStore.isAsked, no);
  // Once loaded it stays, closed: closing a dialog gives the focus back, taking it away does not.
  const [isLoaded, setLoaded] = useState(false);
  if (isAsked && !isLoaded) setLoaded(true);
  if (!isLoaded) return null;
  return (
    <Suspense>
      <ProveDialog opened={isAsked} onAnswer={proofStore.answer} />
    </Suspense>
  );
}
