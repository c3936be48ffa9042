'use client';

import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { OtherProduct } from './types.ts';

/** Products that came with an import and that nobody draws with: a press says which one shall be. */
export function StockSearch({ onChoose }: { onChoose: (product: OtherProduct) => void }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const [query, setQuery] = useState('');
  const { data } = useQuery(
    trpc.products.others.queryOptions({ query: query.trim() }, { placeholderData: keepPreviousData }),
  );
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-soft">{t('fromStockLead')}</p>
      <TextInput
        type="search"
        autoFocus
        maxLength={80}
        label={t('fromStockSearch')}
        leftSection={<Icon name="search" size={18} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {data?.length === 0 && <p className="text-soft">{t('fromStockNone')}</p>}
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line empty:hidden">
        {data?.map((product) => (
          <li key={product.id}>
            <button
              type="button"
              onClick={() => onChoose(product)}
              className="flex min-h-11 w-full cursor-pointer items-center gap-3 border-0 bg-transparent px-3 py-1.5 text-left text-ink hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{product.name}</span>
              <span className="text-sm text-soft">{product.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
