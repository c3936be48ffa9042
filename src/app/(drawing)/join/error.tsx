'use client';

import { FailureState } from '@/ui/kit/states.tsx';

const digestOf = (error: unknown): string | undefined =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailureState page reference={digestOf(error)} onRetry={retry} />;
}
