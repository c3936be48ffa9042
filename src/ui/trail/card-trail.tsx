'use client';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { FailureState } from '../kit/states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { EntryList } from './entry-list.tsx';

/** The history of one card, asked for when somebody wants to see it. */
export function CardTrail(props: { clientId: string; zone: string; currency: string; mayReveal: boolean }) {
  const t = useTranslations('trail');
  const [isShown, show] = useState(false);
  return (
    <Section
      title={t('history')}
      lead={t('historyLead')}
      actions={
        !isShown && (
          <Button size="xs" variant="default" onClick={() => show(true)}>
            {t('historyShow')}
          </Button>
        )
      }
    >
      {isShown && <Entries {...props} />}
    </Section>
  );
}

function Entries(props: { clientId: string; zone: string; currency: string; mayReveal: boolean }) {
  const t = useTranslations('trail');
  const trpc = useTRPC();
  const problemText = useProblemText();
  const { clientId } = props;
  const trail = useInfiniteQuery(
    trpc.trail.ofClient.infiniteQueryOptions({ clientId }, { getNextPageParam: (page) => page.nextCursor }),
  );
  if (trail.data === undefined)
    return trail.isError ? (
      <FailureState text={problemText(trail.error)} onRetry={() => void trail.refetch()} />
    ) : (
      <ListSkeleton rows={4} />
    );
  const entries = trail.data.pages.flatMap((page) => page.entries);
  const names = Object.fromEntries(trail.data.pages.flatMap((page) => Object.entries(page.names)));
  if (entries.length === 0) return <p className="text-soft">{t('historyNone')}</p>;
  return (
    <>
      <EntryList label={t('history')} entries={entries} reading={{ ...props, names }} ofOneClient />
      {trail.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          mt="xs"
          loading={trail.isFetchingNextPage}
          onClick={() => void trail.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}
