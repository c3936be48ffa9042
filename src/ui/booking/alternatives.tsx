'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { TimeText } from '../kit/time-text.tsx';
import { Icon } from '../kit/icons.tsx';
import type { Offer } from './days.ts';

/** A time is gone: what is near to it, each one press away, where others would show an error. */
export function Alternatives(props: {
  title: string;
  text?: ReactNode;
  alternatives: readonly Offer[];
  zone: string;
  pending: number | null;
  onChoose: (start: Offer) => void;
  children?: ReactNode;
}) {
  const t = useTranslations('booking');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-labelledby="near-times"
      className="mb-6 rounded-md border border-line bg-attention-soft p-4 text-ink"
    >
      <h2 id="near-times" ref={heading} tabIndex={-1} className="flex items-start gap-2 font-semibold">
        <Icon name="clock" className="mt-0.5 shrink-0 text-attention" />
        {props.title}
      </h2>
      {props.text !== undefined && <p className="mt-1">{props.text}</p>}
      {props.alternatives.length > 0 && (
        <>
          <p className="mt-3 mb-2 text-sm">{t('nearTimes')}</p>
          <ul className="flex flex-col gap-2">
            {props.alternatives.map((start) => (
              <li key={start.startsAt}>
                <button
                  type="button"
                  disabled={props.pending !== null}
                  aria-busy={props.pending === start.startsAt || undefined}
                  onClick={() => props.onChoose(start)}
                  className="flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-md border border-line-strong bg-surface px-4 py-2 text-left font-semibold text-ink hover:border-accent hover:bg-accent-soft disabled:cursor-wait disabled:opacity-60"
                >
                  <span className="min-w-0 flex-1">
                    <TimeText at={new Date(start.startsAt)} zone={props.zone} viewer />
                  </span>
                  {props.pending === start.startsAt ? (
                    <span className="kit-spinner" />
                  ) : (
                    <Icon name="chevronRight" size={18} className="text-soft" />
                  )}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {props.children !== undefined && <div className="mt-3 flex flex-wrap gap-2">{props.children}</div>}
    </section>
  );
}
