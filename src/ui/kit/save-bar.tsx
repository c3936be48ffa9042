'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { Button } from './button.tsx';

/** The foot of a long form: says whether something is unsaved, saves it, and warns before the tab is left. */
export function SaveBar(props: {
  dirty: boolean;
  pending: boolean;
  onDiscard?: () => void;
  problem?: string | null;
  /** Takes the place of state and buttons: where something has to be decided before anything can be saved. */
  instead?: ReactNode;
}) {
  const t = useTranslations('shell');
  const { dirty } = props;
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (props.instead != null)
    return (
      <div
        data-print="hide"
        className="sticky bottom-[calc(3.25rem_+_max(0.25rem,env(safe-area-inset-bottom)))] z-10 mt-6 bg-page py-3 md:bottom-0"
      >
        {props.instead}
      </div>
    );
  const state = props.pending ? t('saving') : dirty ? t('unsaved') : t('saved');
  return (
    <div
      data-print="hide"
      className="sticky bottom-[calc(3.25rem_+_max(0.25rem,env(safe-area-inset-bottom)))] z-10 mt-6 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t border-line bg-page py-3 md:bottom-0"
    >
      <div className="min-w-0 flex-[1_1_14rem] text-sm">
        <p role="status" className="text-soft">
          {state}
        </p>
        {props.problem != null && (
          <p role="alert" className="text-danger">
            {props.problem}
          </p>
        )}
      </div>
      {props.onDiscard !== undefined && dirty && (
        <Button kind="quiet" onClick={props.onDiscard} disabled={props.pending}>
          {t('discard')}
        </Button>
      )}
      <Button type="submit" loading={props.pending} disabled={!dirty}>
        {t('save')}
      </Button>
    </div>
  );
}
