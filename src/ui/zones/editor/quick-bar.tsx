'use client';

import { useTranslations } from 'next-intl';
import type { Editor } from 'tldraw';
import { useFormat } from '../../../i18n/use-format.ts';
import { steppedDose } from '../drawing/brush.ts';
import { changeFields, useFields } from './mark-fields.ts';
import { SquareButton } from './square-button.tsx';
import type { Scheme } from './types.ts';

/** Where there is no room beside the drawing: product and dose in one line, the rest a press away. */
export function QuickBar(props: { editor: Editor; scheme: Scheme; onOpen: () => void }) {
  const { editor } = props;
  const t = useTranslations('zones.editor');
  const format = useFormat();
  const fields = useFields(editor);
  const product = props.scheme.products.find(({ productId }) => productId === fields.productId);
  const step = (direction: 1 | -1) =>
    product && changeFields(editor, { dose: steppedDose(fields.dose, product.unit, direction) });
  return (
    <div className="flex shrink-0 items-center gap-1 border-t border-line bg-surface px-1.5 py-1 lg:hidden">
      <button
        type="button"
        onClick={props.onOpen}
        aria-label={t('panel')}
        className="flex min-h-11 min-w-0 flex-1 cursor-pointer items-center gap-2.5 rounded-md border border-line bg-surface px-3 text-left text-ink hover:bg-hover"
      >
        <span
          aria-hidden="true"
          className="size-3.5 shrink-0 rounded-full border border-line-strong"
          style={product ? { background: `var(--hue-${product.hue})`, borderColor: 'transparent' } : {}}
        />
        <span className="min-w-0 flex-1 truncate">{product?.name ?? t('mark.noProduct')}</span>
        {product && (
          <strong className="font-semibold whitespace-nowrap tabular-nums">
            {t('amount', { dose: format.number(fields.dose), unit: product.unit })}
          </strong>
        )}
      </button>
      {product && (
        <>
          <SquareButton icon="minus" label={t('mark.less')} onClick={() => step(-1)} />
          <SquareButton icon="zoomIn" label={t('mark.more')} onClick={() => step(1)} />
        </>
      )}
    </div>
  );
}
