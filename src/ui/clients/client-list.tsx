'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { ButtonLink } from '../kit/button.tsx';
import { type DataColumn, DataList } from '../kit/data-list.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { hueOf, PersonMark } from '../kit/person-mark.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import { ListSkeleton } from '../kit/skeletons.tsx';
import { EmptyState, FailureState } from '../kit/states.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { hasFilters, noFilters, useListAddress } from './address.ts';
import { ClientForm } from './client-form.tsx';
import { FilterBar } from './filter-bar.tsx';
import { TagMarks } from './tag-mark.tsx';
import type { CardRights, FoundClient } from './types.ts';

const pageSize = 50;

export function ClientList({ rights, zone }: { rights: CardRights; zone: string }) {
  const t = useTranslations('clients');
  const api = useTRPC();
  const router = useRouter();
  const [address, change] = useListAddress();
  const [creating, setCreating] = useState(false);
  // The search keeps what is being typed; clearing from elsewhere makes it anew.
  const [clearings, setClearings] = useState(0);
  const columns = useColumns(rights.contact, zone);
  useShortcut({ keys: 'c', label: t('new') }, () => setCreating(true), rights.create);
  const clients = useInfiniteQuery(
    api.clients.list.infiniteQueryOptions(
      { ...address, limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  useLive('client', () => void clients.refetch());
  const rows = clients.data?.pages.flatMap((page) => page.clients) ?? [];
  // What was typed last reaches the address a moment later; written while a card opens, it would keep the list where it is.
  const isLeaving = useRef(false);
  const open = (id: string) => {
    isLeaving.current = true;
    router.push(`/clients/${id}`);
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          rights.create && (
            <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setCreating(true)}>
              {t('new')}
            </Button>
          )
        }
      />
      <FilterBar
        key={clearings}
        address={address}
        contact={rights.contact}
        onChange={(part) => !isLeaving.current && change(part)}
      />
      {clients.isError ? (
        <FailureState onRetry={() => void clients.refetch()} />
      ) : !clients.data ? (
        <ListSkeleton />
      ) : (
        <div className={clients.isPlaceholderData ? 'opacity-60' : ''}>
          <DataList
            label={t('title')}
            rows={rows}
            columns={columns}
            idOf={({ clientId }) => clientId}
            nameOf={fullName}
            onOpen={open}
            empty={
              <Nothing
                rights={rights}
                filtered={hasFilters(address)}
                onClear={() => {
                  change(noFilters);
                  setClearings(clearings + 1);
                }}
              />
            }
          />
          {rows.length > 0 && (
            <div className="mt-4 flex flex-wrap items-center gap-4">
              <p role="status" className="text-sm text-soft">
                {t('loaded', { count: rows.length })}
              </p>
              {clients.hasNextPage && (
                <Button
                  variant="default"
                  loading={clients.isFetchingNextPage}
                  onClick={() => void clients.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
      {creating && (
        <ClientForm onClose={() => setCreating(false)} onDone={({ clientId }) => open(clientId)} />
      )}
    </>
  );
}

function Nothing({
  rights,
  filtered,
  onClear,
}: {
  rights: CardRights;
  filtered: boolean;
  onClear: () => void;
}) {
  const t = useTranslations('clients');
  if (filtered) {
    return (
      <EmptyState icon="search" title={t('nothingTitle')} text={t('nothingText')}>
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="clients" title={t('emptyTitle')} text={t('emptyText')}>
      {rights.imports && (
        <ButtonLink kind="secondary" href="/settings/import">
          {t('import')}
        </ButtonLink>
      )}
    </EmptyState>
  );
}

function useColumns(contact: boolean, zone: string): DataColumn<FoundClient>[] {
  const t = useTranslations('clients');
  const visit = (at: Date | null, own: string | null) =>
    at === null ? (
      <span className="text-soft">{t('never')}</span>
    ) : (
      <span className="whitespace-nowrap">
        <TimeText at={at} zone={own ?? zone} form="dayTime" />
      </span>
    );
  const columns: (DataColumn<FoundClient> | null)[] = [
    {
      key: 'name',
      header: t('column.name'),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-3 py-1">
          <PersonMark name={fullName(row)} hue={hueOf(row.clientId)} />
          <span className="min-w-0">
            <span className="block font-medium">{fullName(row)}</span>
            <span className="block text-sm text-soft">
              {t('card', { number: row.cardNumber })}
              {row.phone !== null && <span className="sm:hidden"> · {row.phone}</span>}
            </span>
          </span>
        </span>
      ),
    },
    contact
      ? {
          key: 'contact',
          header: t('column.contact'),
          from: 'sm',
          cell: ({ phone, email }) => (
            <span className="block max-w-64">
              {phone !== null && <span className="block whitespace-nowrap">{phone}</span>}
              {email !== null && <span className="block truncate text-sm text-soft">{email}</span>}
            </span>
          ),
        }
      : null,
    { key: 'tags', header: t('column.tags'), from: 'lg', cell: ({ tags }) => <TagMarks tags={tags} /> },
    {
      key: 'next',
      header: t('column.next'),
      from: 'sm',
      cell: (row) => visit(row.nextVisitAt, row.zone),
    },
    {
      key: 'last',
      header: t('column.last'),
      from: 'lg',
      cell: (row) => visit(row.lastVisitAt, row.zone),
    },
  ];
  return columns.filter((column) => column !== null);
}
