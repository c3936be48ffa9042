'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

interface StepLayoutProps {
  /** From 1. */
  step: number;
  steps: number;
  question: string;
  lead?: ReactNode;
  /** Goes to the step before, with everything kept; left out on the first. */
  onBack?: () => void;
  /** The hold's countdown, in sight while there is one. */
  countdown?: ReactNode;
  /** What was chosen so far; stays in sight. */
  summary?: ReactNode;
  /** The one primary action, within the thumb's reach. */
  action?: ReactNode;
  children: ReactNode;
}

/** One question per screen. A new question takes the focus, so that it is read out and the keyboard starts there. */
export function StepLayout(props: StepLayoutProps) {
  const t = useTranslations();
  const heading = useRef<HTMLHeadingElement>(null);
  const shownStep = useRef(props.step);
  useEffect(() => {
    if (shownStep.current === props.step) return;
    shownStep.current = props.step;
    heading.current?.focus();
    window.scrollTo({ top: 0 });
  }, [props.step]);
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
      <div className="min-w-0">
        <div className="-mx-2 flex min-h-11 items-center gap-2">
          {props.onBack === undefined ? (
            <span className="w-2" />
          ) : (
            <IconButton icon="back" label={t('shell.back')} onClick={props.onBack} />
          )}
          <p className="text-sm text-soft">{t('portal.step', { step: props.step, total: props.steps })}</p>
          {props.countdown !== undefined && <div className="mr-2 ml-auto">{props.countdown}</div>}
        </div>
        <div
          role="progressbar"
          aria-label={t('portal.progress')}
          aria-valuemin={0}
          aria-valuemax={props.steps}
          aria-valuenow={props.step}
          className="mt-1 mb-6 h-1 overflow-hidden rounded-full bg-line"
        >
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-150"
            style={{ width: `${(props.step / props.steps) * 100}%` }}
          />
        </div>
        <h1 ref={heading} tabIndex={-1} className="text-title font-semibold tracking-tight">
          {props.question}
        </h1>
        {props.lead !== undefined && <p className="mt-1 max-w-prose text-soft">{props.lead}</p>}
        <div className="mt-5">{props.children}</div>
        {props.action !== undefined && (
          <div className="sticky bottom-17 z-10 -mx-4 mt-6 flex flex-col border-t border-line bg-page px-4 py-3 md:static md:mx-0 md:items-start md:border-0 md:px-0">
            {props.action}
          </div>
        )}
      </div>
      {props.summary !== undefined && (
        <aside
          aria-label={t('portal.summary')}
          className="mt-6 rounded-md border border-line bg-surface p-4 lg:sticky lg:top-6 lg:mt-14 lg:self-start"
        >
          <h2 className="mb-2 text-sm font-medium text-soft">{t('portal.summary')}</h2>
          {props.summary}
        </aside>
      )}
    </div>
  );
}
