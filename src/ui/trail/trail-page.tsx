'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { filterOf, hasFilters, noFilters, useTrailAddress } from './address.ts';
import { EntryList } from './entry-list.tsx';
import { ExportButton } from './export-button.tsx';
import { Filters } from './filters.tsx';
import { SealNote } from './seal-note.tsx';

const pageSize = 50;
/** Fewer than these, and the page looks further back by itself: so many times at most, then somebody decides. */
const enoughRows = 20;
const lookedByItself = 10;

/** Everything that was done, newest first, with what is looked for as chips. */
export function TrailPage(props: { zone: string; currency: string; mayReveal: boolean }) {
  const t = useTranslations('trail');
  const format = useFormat();
  const trpc = useTRPC();
  const problemText = useProblemText();
  const [address, change] = useTrailAddress();
  const trail = useInfiniteQuery(
    trpc.trail.list.infiniteQueryOptions(
      { ...filterOf(address), limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const pages = trail.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);
  const names = Object.fromEntries(pages.flatMap((page) => Object.entries(page.names)));
  const searchedBackTo = pages.at(-1)?.searchedBackTo ?? null;
  const lookOn =
    searchedBackTo !== null &&
    entries.length < enoughRows &&
    pages.length < lookedByItself &&
    !trail.isFetching;
  const goOn = useEffectEvent(() => void trail.fetchNextPage());
  useEffect(() => {
    if (lookOn) goOn();
  }, [lookOn]);
  return (
    <div className="max-w-[70rem]">
      <PageHeader title={t('title')} lead={t('lead')} actions={<ExportButton address={address} />} />
      <SealNote zone={props.zone} />
      <Filters address={address} zone={props.zone} onChange={change} />
      {trail.isError ? (
        <FailureState text={problemText(trail.error)} onRetry={() => void trail.refetch()} />
      ) : trail.data === undefined ? (
        <ListSkeleton />
      ) : entries.length === 0 && !trail.hasNextPage ? (
        <EmptyState icon="history" title={t('noneTitle')} text={t('noneText')}>
          {hasFilters(address) && (
            <Button variant="default" onClick={() => change(noFilters)}>
              {t('filters.clear')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <div className={trail.isPlaceholderData ? 'opacity-60' : ''}>
          <Section>
            <EntryList label={t('title')} entries={entries} reading={{ ...props, names }} />
          </Section>
          <div className="mt-4 flex flex-wrap items-center gap-4">
            <p role="status" className="text-sm text-soft">
              {t('loaded', { count: entries.length })}
              {searchedBackTo !== null &&
                ` ${t('searchedTo', { at: format.dayTime(searchedBackTo, props.zone) })}`}
            </p>
            {trail.hasNextPage && (
              <Button
                variant="default"
                loading={trail.isFetchingNextPage}
                onClick={() => void trail.fetchNextPage()}
              >
                {t(searchedBackTo === null ? 'more' : 'searchOn')}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
