'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useFormat } from '../../../i18n/use-format.ts';
import { Icon } from '../../kit/icons.tsx';
import type { Besides } from './besides.ts';
import type { ProductChoice } from './types.ts';

/** Of the selected marks, or of the next ones with this product. The device's own list: the surest for gloves. */
export function LotPicker(props: { product: ProductChoice; markIds: readonly string[]; besides: Besides }) {
  const { product, markIds, besides } = props;
  const t = useTranslations('zones.editor.mark');
  const format = useFormat();
  const id = useId();
  const [first] = markIds;
  const chosen = first === undefined ? besides.nextLot(product.productId) : besides.lotOf(first);
  const lot = product.lots.find(({ lotId }) => lotId === chosen);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {t('lot')}
      </label>
      <select
        id={id}
        className="h-11 w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink"
        value={chosen ?? ''}
        onChange={(event) => besides.chooseLot(product.productId, event.currentTarget.value || null, markIds)}
      >
        <option value="">{t('noLot')}</option>
        {product.lots.map(({ lotId, number, expiresOn, isExpired }) => (
          <option key={lotId} value={lotId}>
            {t(isExpired ? 'lotExpired' : 'lotUntil', {
              number,
              day: format.date(new Date(`${expiresOn}T12:00:00Z`), 'UTC'),
            })}
          </option>
        ))}
        {chosen !== null && lot === undefined && (
          <option value={chosen}>{besides.lotNumber(chosen) ?? '…'}</option>
        )}
      </select>
      {lot?.isExpired && (
        <p className="mt-1 flex gap-1.5 text-sm text-attention">
          <Icon name="attention" size={18} className="mt-px shrink-0" />
          {t('expiredHint')}
        </p>
      )}
    </div>
  );
}
