'use client';

import { type ReactNode, useId } from 'react';
import { useTranslations } from 'next-intl';
import { Paper } from './paper.tsx';

export function BackdropGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-sm font-medium text-soft">
        {title}
      </h3>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]">
        {children}
      </div>
    </section>
  );
}

/** Something that can be drawn on, as a picture with its name. */
export function BackdropButton(props: {
  name: string;
  detail: string | null;
  busy: boolean;
  disabled: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('zones.card.choose');
  return (
    <button
      type="button"
      disabled={props.disabled}
      aria-busy={props.busy || undefined}
      onClick={props.onChoose}
      className={`flex cursor-pointer flex-col rounded-lg border border-transparent bg-transparent p-1.5 text-left text-ink hover:border-line-strong hover:bg-hover disabled:cursor-progress ${
        props.disabled && !props.busy ? 'opacity-55' : ''
      }`}
    >
      <Paper className="aspect-[4/5] w-full p-2">{props.children}</Paper>
      <span className="mt-1.5 block text-sm font-medium">{props.name}</span>
      {(props.busy || props.detail !== null) && (
        <span className="block text-sm text-soft">{props.busy ? t('opening') : props.detail}</span>
      )}
    </button>
  );
}
