'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { DoseUnit } from '../../../domain/scheme/marks.ts';
import { boundedDose, steppedDose } from '../drawing/brush.ts';
import { SquareButton } from './square-button.tsx';

/** Whole steps by thumb, anything by keyboard; both ways of writing a fraction are understood. */
export function DoseStepper(props: { dose: number; unit: DoseUnit; onChange: (dose: number) => void }) {
  const t = useTranslations('zones.editor');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const take = (text: string) => {
    const dose = Number(text.replace(',', '.'));
    if (Number.isFinite(dose) && dose > 0) props.onChange(boundedDose(dose));
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {t('mark.dose')}
      </label>
      <div className="flex items-center rounded-md border border-line-strong bg-surface">
        <SquareButton
          icon="minus"
          label={t('mark.less')}
          keys="["
          onClick={() => props.onChange(steppedDose(props.dose, props.unit, -1))}
        />
        <div className="relative min-w-0 flex-1">
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            className="h-11 w-full border-0 bg-transparent pr-8 text-center text-lg font-semibold tabular-nums"
            value={typed ?? String(props.dose)}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              take(event.currentTarget.value);
            }}
            onBlur={() => setTyped(null)}
            onFocus={(event) => event.currentTarget.select()}
          />
          <span className="pointer-events-none absolute inset-y-0 right-2 grid place-items-center text-sm text-soft">
            {t('amount', { dose: '', unit: props.unit }).trim()}
          </span>
        </div>
        <SquareButton
          icon="zoomIn"
          label={t('mark.more')}
          keys="]"
          onClick={() => props.onChange(steppedDose(props.dose, props.unit, 1))}
        />
      </div>
    </div>
  );
}
