'use client';

import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { PersonMark } from '../kit/person-mark.tsx';
import { EmptyState } from '../kit/states.tsx';
import { matches } from '../shell/commands.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ClosuresPanel } from './closures-panel.tsx';
import { ResourceHours } from './resource-hours.tsx';

type Row = inferRouterOutputs<AppRouter>['hours']['list']['resources'][number];
const kinds = ['specialist', 'room', 'device'] as const;
const base = '/settings/hours';

function ResourceLink({ row, isCurrent }: { row: Row; isCurrent: boolean }) {
  const t = useTranslations('hours');
  return (
    <Link
      href={`${base}/${row.id}`}
      aria-current={isCurrent ? 'page' : undefined}
      className={`flex min-h-12 items-center gap-3 px-3 py-1.5 no-underline ${isCurrent ? 'bg-accent-soft text-accent' : 'text-ink hover:bg-hover'}`}
    >
      {row.hue === null ? (
        <Icon name={row.kind === 'room' ? 'door' : 'device'} className="text-soft" />
      ) : (
        <PersonMark name={row.name} hue={row.hue} size={28} />
      )}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{row.name}</span>
        {!row.hasHours && (
          <span className={`block text-sm ${row.kind === 'specialist' ? 'text-attention' : 'text-soft'}`}>
            {row.kind === 'specialist' ? t('noHours') : t('alwaysOpen')}
          </span>
        )}
      </span>
    </Link>
  );
}

/** The list at the left, one resource by its id (or `closures`) at the right; on narrow screens one after the other. */
export function HoursPage({ selected }: { selected: string | null }) {
  const t = useTranslations('hours');
  const trpc = useTRPC();
  const list = useQuery(trpc.hours.list.queryOptions());
  const [query, setQuery] = useState('');
  return (
    <>
      {selected === null ? (
        <PageHeader title={t('title')} lead={t('lead')} />
      ) : (
        <Link
          href={base}
          className="mb-2 inline-flex min-h-9 items-center gap-1 text-sm text-soft no-underline hover:text-ink xl:hidden"
        >
          <Icon name="back" size={16} />
          {t('title')}
        </Link>
      )}
      <Answered query={list} shape="list" backHref="/today">
        {({ resources, locations }) => (
          <div className="xl:flex xl:items-start xl:gap-6">
            <nav
              aria-label={t('title')}
              className={`xl:sticky xl:top-18 xl:w-60 xl:shrink-0 ${selected === null ? '' : 'hidden xl:block'}`}
            >
              <TextInput
                type="search"
                className="mb-3"
                aria-label={t('search')}
                placeholder={t('search')}
                leftSection={<Icon name="search" size={18} />}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <div className="overflow-y-auto rounded-md border border-line bg-surface xl:max-h-[calc(100dvh-11rem)]">
                <Link
                  href={`${base}/closures`}
                  aria-current={selected === 'closures' ? 'page' : undefined}
                  className={`flex min-h-12 items-center gap-3 border-b border-line px-3 no-underline ${selected === 'closures' ? 'bg-accent-soft text-accent' : 'text-ink hover:bg-hover'}`}
                >
                  <Icon name="lock" className="text-soft" />
                  {t('closures')}
                </Link>
                {kinds.map((kind) => {
                  const rows = resources.filter((row) => row.kind === kind && matches(row.name, query));
                  return rows.length === 0 ? null : (
                    <section key={kind} aria-label={t(kind)}>
                      <h2 className="bg-sunken px-3 py-1 text-xs font-medium text-soft">{t(kind)}</h2>
                      {rows.map((row) => (
                        <ResourceLink key={row.id} row={row} isCurrent={row.id === selected} />
                      ))}
                    </section>
                  );
                })}
              </div>
            </nav>
            <div className={`min-w-0 flex-1 ${selected === null ? 'hidden xl:block' : ''}`}>
              {selected === null && <EmptyState icon="clock" title={t('choose')} />}
              {selected === 'closures' && <ClosuresPanel locations={locations} />}
              {selected !== null && selected !== 'closures' && (
                <ResourceHours key={selected} resourceId={selected} locations={locations} />
              )}
            </div>
          </div>
        )}
      </Answered>
    </>
  );
}
