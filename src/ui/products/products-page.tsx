'use client';

import { Alert, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import { EmptyState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { matches } from '../shell/commands.tsx';
import { Answered } from '../settings/query-states.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { LotChip } from './lot-chip.tsx';
import { LotForm } from './lot-form.tsx';
import { ProductForm } from './product-form.tsx';
import { ProductsTabs } from './products-tabs.tsx';
import { StockSearch } from './stock-search.tsx';
import type { LotRow, OtherProduct, ProductRow } from './types.ts';

type Open =
  | { what: 'product'; known: ProductRow | null; stock: OtherProduct | null }
  | { what: 'lot'; product: ProductRow; known: LotRow | null }
  | { what: 'stock' };

const isUsable = ({ isActive, expiry }: LotRow): boolean => isActive && expiry !== 'expired';

const passes = ({ name, code, lots }: ProductRow, query: string): boolean =>
  matches([name, code, ...lots.map(({ number }) => number)].join(' '), query);

function ProductItem({ product, onOpen }: { product: ProductRow; onOpen: (open: Open) => void }) {
  const t = useTranslations();
  const { name, lots } = product;
  return (
    <li className={`px-4 py-3 ${product.isActive ? '' : 'bg-sunken'}`}>
      <div className="flex items-center gap-x-4">
        <span
          aria-hidden="true"
          className="size-4 shrink-0 rounded-full"
          style={{ backgroundColor: `var(--hue-${product.hue})` }}
        />
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">
          <span className="min-w-40 flex-1">
            <span className="block font-medium">{name}</span>
            <span className="block text-sm text-soft">
              {product.code} · {t(`products.unitShort.${product.doseUnit}`)}
            </span>
          </span>
          {!product.isActive && <StatusMark tone="neutral">{t('settings.off')}</StatusMark>}
          {product.isActive && !lots.some(isUsable) && (
            <StatusMark tone="attention">{t('products.noLot')}</StatusMark>
          )}
        </span>
        <span className="flex items-center">
          <span className="max-sm:hidden">
            <HistoryLink recordId={product.id} name={name} />
          </span>
          <IconButton
            icon="edit"
            label={t('settings.editNamed', { name })}
            onClick={() => onOpen({ what: 'product', known: product, stock: null })}
          />
        </span>
      </div>
      <ul aria-label={t('products.lots', { name })} className="mt-2 flex flex-wrap gap-1.5 sm:pl-8">
        {lots.map((lot) => (
          <li key={lot.id} className="max-w-full">
            <LotChip lot={lot} onOpen={() => onOpen({ what: 'lot', product, known: lot })} />
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-label={t('products.addLotTo', { name })}
            onClick={() => onOpen({ what: 'lot', product, known: null })}
            className="inline-flex min-h-9 cursor-pointer items-center gap-1 rounded-full border border-dashed border-line-strong bg-transparent px-3 text-sm text-soft hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
          >
            <Icon name="plus" size={14} />
            {t('products.addLot')}
          </button>
        </li>
        {/* There is no room for it beside the name. */}
        <li className="sm:hidden">
          <HistoryLink recordId={product.id} name={name} />
        </li>
      </ul>
    </li>
  );
}

/** What is drawn with: each product with its colour, its unit and what is left of its lots. */
export function ProductsPage() {
  const t = useTranslations();
  const trpc = useTRPC();
  const list = useQuery(trpc.products.list.queryOptions());
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<Open | null>(null);
  const add = () => setOpen({ what: 'product', known: null, stock: null });
  const close = () => setOpen(null);
  useShortcut({ keys: 'c', label: t('products.createKey') }, add);
  const titles = (now: Open): string => {
    if (now.what === 'stock') return t('products.fromStock');
    if (now.what === 'lot') return now.known?.number ?? t('products.newLot');
    return now.known?.name ?? now.stock?.name ?? t('products.newProduct');
  };
  const stockButton = (list.data?.otherCount ?? 0) > 0 && (
    <Button variant="default" onClick={() => setOpen({ what: 'stock' })}>
      {t('products.fromStock')}
    </Button>
  );
  const addButton = (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={add}>
      {t('products.newProduct')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('products.title')}
        lead={t('products.lead')}
        actions={
          (list.data?.products.length ?? 0) > 0 && (
            <>
              {stockButton}
              {addButton}
            </>
          )
        }
      />
      <ProductsTabs current="tabProducts" />
      <Answered query={list} shape="list" backHref="/today">
        {({ products }) => {
          if (products.length === 0)
            return (
              <EmptyState icon="product" title={t('products.emptyTitle')} text={t('products.emptyText')}>
                {addButton}
                {stockButton}
              </EmptyState>
            );
          const shown = products.filter((product) => passes(product, query));
          return (
            <>
              <TextInput
                className="mb-4"
                type="search"
                aria-label={t('products.search')}
                placeholder={t('products.search')}
                leftSection={<Icon name="search" size={18} />}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              {shown.length === 0 && <Alert color="gray">{t('products.nothingFound')}</Alert>}
              <ul
                aria-label={t('products.tabProducts')}
                className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface empty:hidden"
              >
                {shown.map((product) => (
                  <ProductItem key={product.id} product={product} onOpen={setOpen} />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
      <Dialog opened={open !== null} onClose={close} title={open === null ? '' : titles(open)}>
        {open?.what === 'stock' && (
          <StockSearch onChoose={(stock) => setOpen({ what: 'product', known: null, stock })} />
        )}
        {open?.what === 'product' && (
          <ProductForm
            key={open.known?.id ?? open.stock?.id ?? 'new'}
            known={open.known}
            stock={open.stock}
            products={list.data?.products ?? []}
            onClose={close}
          />
        )}
        {open?.what === 'lot' && (
          <LotForm
            key={open.known?.id ?? open.product.id}
            product={open.product}
            known={open.known}
            onClose={close}
          />
        )}
      </Dialog>
    </>
  );
}
