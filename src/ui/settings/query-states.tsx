'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProblemText } from '../kit/refusal-text.ts';
import { FormSkeleton, ListSkeleton } from '../kit/skeletons.tsx';
import { FailureState, ForbiddenState, NotFoundState } from '../kit/states.tsx';
import { refusalOf } from '../trpc/refusal.ts';

/** What a page shows until its data is there, or when it doesn't come: shaped like what follows, with a way on. */
export function Answered<Data>(props: {
  query: UseQueryResult<Data, unknown>;
  shape: 'list' | 'form';
  backHref: string;
  children: (data: Data) => ReactNode;
}) {
  const problemText = useProblemText();
  const { query, shape, backHref } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isPending) return shape === 'list' ? <ListSkeleton /> : <FormSkeleton />;
  const refusal = refusalOf(query.error);
  if (refusal?.code === 'not_found') return <NotFoundState homeHref={backHref} />;
  if (refusal?.code === 'forbidden' || refusal?.code === 'not_signed_in')
    return <ForbiddenState homeHref="/today" />;
  return <FailureState text={problemText(query.error)} onRetry={() => void query.refetch()} />;
}
