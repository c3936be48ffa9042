'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { hueCount } from '../kit/person-mark.tsx';

/** One of the theme's colours; arrows move between them. Each also has a number, so that nothing depends on colour alone. */
export function HuePicker({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (hue: number) => void;
}) {
  const t = useTranslations('settings');
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {Array.from({ length: hueCount }, (_, index) => index + 1).map((hue) => (
          <label key={hue} className="relative block size-9 cursor-pointer">
            <input
              type="radio"
              name={name}
              className="peer absolute inset-0 size-full cursor-pointer opacity-0"
              checked={hue === value}
              aria-label={t('hueNumber', { number: hue })}
              onChange={() => onChange(hue)}
            />
            <span
              aria-hidden="true"
              className="grid size-full place-items-center rounded-md border-2 border-transparent text-xs font-semibold peer-checked:border-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent"
              style={{ backgroundColor: `var(--hue-${hue}-soft)`, color: `var(--hue-${hue}-ink)` }}
            >
              {hue}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
