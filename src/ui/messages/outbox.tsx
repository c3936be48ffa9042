'use client';

import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { messageKinds, messageStatuses } from '../../domain/message.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FilterMenu } from '../kit/filter-menu.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { type OutboxAddress, useOutboxAddress } from './address.ts';
import { MessageDrawer } from './message-drawer.tsx';
import { MessageTable } from './message-table.tsx';
import { useKindText } from './state-mark.tsx';

const typingPauseMs = 150;

/** Every message to a person: what went out, what waits, what failed and why. */
export function Outbox({ zone, isLocal }: { zone: string; isLocal: boolean }) {
  const t = useTranslations('messages');
  const api = useTRPC();
  const queries = useQueryClient();
  const [address, change] = useOutboxAddress();
  const [clearings, setClearings] = useState(0);
  const { search, status, kind } = address;
  const isFiltered = search !== '' || status !== null || kind !== null;
  const messages = useInfiniteQuery(
    api.messages.list.infiniteQueryOptions(
      { search, status, kind },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  useLive('message', () => void queries.invalidateQueries({ queryKey: api.messages.pathKey() }));
  const rows = messages.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {isLocal && (
        <div className="mb-4 flex max-w-prose items-start gap-3 rounded-md border border-line bg-surface px-4 py-3">
          <Icon name="info" className="mt-0.5 shrink-0 text-soft" />
          <div>
            <p className="font-medium">{t('localTitle')}</p>
            <p className="text-sm text-soft">{t('localText')}</p>
          </div>
        </div>
      )}
      <Filters key={clearings} address={address} onChange={change} />
      {messages.isError ? (
        <FailureState onRetry={() => void messages.refetch()} />
      ) : !messages.data ? (
        <ListSkeleton />
      ) : (
        <>
          <MessageTable
            rows={rows}
            zone={zone}
            onOpen={(open) => change({ open })}
            empty={
              isFiltered ? (
                <EmptyState icon="search" title={t('nothingTitle')} text={t('nothingText')}>
                  <Button
                    variant="default"
                    onClick={() => {
                      change({ search: '', status: null, kind: null });
                      setClearings(clearings + 1);
                    }}
                  >
                    {t('clear')}
                  </Button>
                </EmptyState>
              ) : (
                <EmptyState icon="messages" title={t('emptyTitle')} text={t('emptyText')} />
              )
            }
          />
          {messages.hasNextPage && (
            <Button
              variant="default"
              mt="md"
              loading={messages.isFetchingNextPage}
              onClick={() => void messages.fetchNextPage()}
            >
              {t('more')}
            </Button>
          )}
        </>
      )}
      {address.open !== null && (
        <MessageDrawer messageId={address.open} zone={zone} onClose={() => change({ open: null })} />
      )}
    </>
  );
}

function Filters({
  address,
  onChange,
}: {
  address: OutboxAddress;
  onChange: (part: Partial<OutboxAddress>) => void;
}) {
  const t = useTranslations('messages');
  const api = useTRPC();
  const format = useFormat();
  const kindText = useKindText();
  const [typed, setTyped] = useState(address.search);
  const counts = useQuery(api.messages.counts.queryOptions());
  const apply = useEffectEvent((search: string) => {
    if (search !== address.search) onChange({ search });
  });
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="mb-4 flex flex-col gap-3">
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<Icon name="search" size={18} />}
        maxLength={80}
        autoComplete="off"
        className="max-w-xl"
      />
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0">
        <div role="group" aria-label={t('column.status')} className="flex shrink-0 gap-2">
          {[null, ...messageStatuses].map((status) => {
            const count = status === null ? undefined : counts.data?.[status];
            const isOn = address.status === status;
            return (
              <button
                key={status ?? 'all'}
                type="button"
                aria-pressed={isOn}
                onClick={() => onChange({ status })}
                className={`inline-flex min-h-8 shrink-0 cursor-pointer items-center gap-1.5 rounded-full border px-3 text-sm whitespace-nowrap pointer-coarse:min-h-11 ${isOn ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line-strong bg-surface hover:bg-hover'}`}
              >
                {status === null ? t('all') : t(`status.${status}`)}
                {count !== undefined && (
                  <span data-tabular className={isOn ? '' : 'text-soft'}>
                    {format.number(count)}
                  </span>
                )}
              </button>
            );
          })}
        </div>
        <FilterMenu
          label={t('filterKind')}
          anyLabel={t('any')}
          choices={messageKinds.map((kind) => ({ value: kind, label: kindText(kind) }))}
          chosen={address.kind ? [address.kind] : []}
          onChoose={([value]) => onChange({ kind: messageKinds.find((kind) => kind === value) ?? null })}
        />
      </div>
    </div>
  );
}
