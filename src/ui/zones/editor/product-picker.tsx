'use client';

import { useTranslations } from 'next-intl';
import type { ProductChoice } from './types.ts';

/** One press each; the number is the key that does the same. */
export function ProductPicker(props: {
  products: readonly ProductChoice[];
  chosen: string | null;
  onChoose: (product: ProductChoice | null) => void;
}) {
  const t = useTranslations('zones.editor.mark');
  if (props.products.length === 0) return <p className="text-sm text-soft">{t('noProducts')}</p>;
  const rows: { product: ProductChoice | null; key: string }[] = [
    ...props.products.map((product) => ({ product, key: product.productId })),
    { product: null, key: 'none' },
  ];
  return (
    <fieldset className="m-0 border-0 p-0">
      <legend className="mb-1 p-0 text-sm font-medium">{t('product')}</legend>
      <div className="-mx-1 flex max-h-64 flex-col overflow-y-auto px-1 py-0.5">
        {rows.map(({ product, key }, index) => (
          <label
            key={key}
            className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-md border border-transparent px-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="drawing-product"
              className="sr-only"
              checked={props.chosen === (product?.productId ?? null)}
              onChange={() => props.onChoose(product)}
            />
            <span
              aria-hidden="true"
              className="size-3.5 shrink-0 rounded-full border border-line-strong"
              style={product ? { background: `var(--hue-${product.hue})`, borderColor: 'transparent' } : {}}
            />
            <span className={`min-w-0 flex-1 truncate ${product ? '' : 'text-soft'}`}>
              {product?.name ?? t('noProduct')}
            </span>
            {product && index < 9 && (
              <kbd className="font-sans text-xs text-soft max-md:hidden" aria-hidden="true">
                {index + 1}
              </kbd>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
