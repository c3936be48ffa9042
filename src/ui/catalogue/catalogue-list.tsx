'use client';

import { Alert, Button, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import { EmptyState } from '../kit/states.tsx';
import { matches } from '../shell/commands.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { CategoryCard, type CategoryRow } from './category-card.tsx';
import { CategoryDialog } from './category-dialog.tsx';

const filters = ['all', 'online', 'off'] as const;
type Filter = (typeof filters)[number];

const passes = (service: CategoryRow['services'][number], filter: Filter, query: string): boolean =>
  (filter === 'all' || (filter === 'off' ? !service.isActive : service.isActive && service.isOnline)) &&
  matches(`${service.name} ${service.code ?? ''}`, query);

/** All services by category: found while typing, opened by a click or Enter. */
export function CatalogueList() {
  const t = useTranslations('catalogue');
  const router = useRouter();
  const trpc = useTRPC();
  const list = useQuery(trpc.catalogue.list.queryOptions());
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [naming, setNaming] = useState(false);
  const newHref = '/settings/catalogue/new';
  useShortcut({ keys: 'c', label: t('createKey') }, () => router.push(newHref));
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Button variant="default" onClick={() => setNaming(true)}>
              {t('newCategory')}
            </Button>
            {(list.data?.categories.length ?? 0) > 0 && (
              <Button component={Link} href={newHref} leftSection={<Icon name="plus" size={18} />}>
                {t('newService')}
              </Button>
            )}
          </>
        }
      />
      <Answered query={list} shape="list" backHref="/today">
        {({ categories, currency }) => {
          const isFiltered = query.trim() !== '' || filter !== 'all';
          const shown = categories
            .map((category) => ({
              ...category,
              services: category.services.filter((service) => passes(service, filter, query)),
            }))
            .filter(({ services }) => !isFiltered || services.length > 0);
          if (categories.length === 0)
            return (
              <EmptyState icon="catalogue" title={t('emptyTitle')} text={t('emptyText')}>
                <Button onClick={() => setNaming(true)}>{t('newCategory')}</Button>
              </EmptyState>
            );
          return (
            <>
              <div className="mb-4 flex flex-wrap gap-3">
                <TextInput
                  className="min-w-56 flex-1"
                  type="search"
                  aria-label={t('search')}
                  placeholder={t('search')}
                  leftSection={<Icon name="search" size={18} />}
                  value={query}
                  onChange={(event) => setQuery(event.currentTarget.value)}
                />
                <SegmentedControl
                  value={filter}
                  onChange={(next) => setFilter(filters.find((each) => each === next) ?? 'all')}
                  data={[
                    { value: 'all', label: t('filterAll') },
                    { value: 'online', label: t('filterOnline') },
                    { value: 'off', label: t('filterOff') },
                  ]}
                />
              </div>
              {shown.length === 0 && <Alert color="gray">{t('nothingFound')}</Alert>}
              <div className="flex flex-col gap-6">
                {shown.map((category, index) => (
                  <CategoryCard
                    key={category.id}
                    category={category}
                    currency={currency}
                    above={isFiltered ? null : (categories[index - 1]?.id ?? null)}
                    order={categories.map(({ id }) => id)}
                    movable={!isFiltered}
                  />
                ))}
              </div>
            </>
          );
        }}
      </Answered>
      <CategoryDialog opened={naming} onClose={() => setNaming(false)} category={null} />
    </>
  );
}
