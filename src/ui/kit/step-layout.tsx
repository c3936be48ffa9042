'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icons.tsx';

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
  /** The summary in one line: on a phone it stands above the question and opens to the whole. */
  brief?: ReactNode;
  /** The one primary action, within the thumb's reach. */
  action?: ReactNode;
  children: ReactNode;
}

/** One question per screen. A new question takes the focus, so that it is read out and the keyboard starts there. */
export function StepLayout(props: StepLayoutProps) {
  const t = useTranslations();
  const heading = useRef<HTMLHeadingElement>(null);
  const place = `${props.step} ${props.question}`;
  const shownPlace = useRef(place);
  useEffect(() => {
    if (shownPlace.current === place) return;
    shownPlace.current = place;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [place]);
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
      <div className="min-w-0">
        <div className="flex min-h-11 items-center gap-2">
          {props.onBack !== undefined && (
            <span className="-ml-3">
              <IconButton icon="back" label={t('shell.back')} onClick={props.onBack} />
            </span>
          )}
          <p className="text-sm text-soft">{t('portal.step', { step: props.step, total: props.steps })}</p>
          {props.countdown !== undefined && <div className="ml-auto">{props.countdown}</div>}
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
        {props.summary !== undefined && props.brief !== undefined && (
          <details className="group sticky top-2 z-20 mb-5 rounded-md border border-line bg-surface lg:hidden">
            <summary className="flex min-h-11 cursor-pointer list-none items-center gap-3 px-4 py-2 text-sm">
              <span className="sr-only">{t('portal.summary')}</span>
              <span className="min-w-0 flex-1">{props.brief}</span>
              <Icon
                name="chevronDown"
                size={18}
                className="shrink-0 text-soft transition-transform duration-150 group-open:rotate-180"
              />
            </summary>
            <div className="border-t border-line px-4 py-3">{props.summary}</div>
          </details>
        )}
        <h1 ref={heading} tabIndex={-1} className="text-title font-semibold tracking-tight">
          {props.question}
        </h1>
        {props.lead !== undefined && <p className="mt-1 max-w-prose text-soft">{props.lead}</p>}
        <div className="mt-5 lg:max-w-160">{props.children}</div>
        {props.action !== undefined && (
          <div className="sticky bottom-17 z-10 -mx-4 mt-6 flex flex-col border-t border-line bg-page px-4 py-3 md:static md:mx-0 md:items-start md:border-0 md:px-0">
            {props.action}
          </div>
        )}
      </div>
      {props.summary !== undefined && (
        <aside
          aria-label={t('portal.summary')}
          className={`mt-6 rounded-md border border-line bg-surface p-4 lg:sticky lg:top-6 lg:mt-14 lg:block lg:self-start ${props.brief === undefined ? '' : 'hidden'}`}
        >
          <h2 className="mb-2 text-sm font-medium text-soft">{t('portal.summary')}</h2>
          {props.summary}
        </aside>
      )}
    </div>
  );
}
