'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { StaleNote } from './stale-note.tsx';
import type { EditForm } from './use-edit-form.ts';
import { VisitsList } from './visits-list.tsx';

/** The foot of a form in a dialog: what went wrong as a whole, the way out and the one action. */
export function DialogFoot<Values extends object>(props: {
  edit: EditForm<Values>;
  onClose: () => void;
  action?: string;
  aside?: ReactNode;
  /** Of the visits a refusal may name. */
  zone?: string;
}) {
  const t = useTranslations('shell');
  const { problem, refusal, stale, pending } = props.edit;
  return (
    <>
      <StaleNote edit={props.edit} />
      {problem !== null && stale === null && (
        <div role="alert" className="text-sm text-danger">
          <p>{problem}</p>
          {refusal?.code === 'visits_in_the_way' && (
            <VisitsList visits={refusal.visits} total={refusal.total} zone={props.zone ?? 'UTC'} />
          )}
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {props.aside && <div className="mr-auto">{props.aside}</div>}
        <Button variant="default" onClick={props.onClose}>
          {t('cancel')}
        </Button>
        {stale === null && (
          <Button type="submit" loading={pending}>
            {props.action ?? t('save')}
          </Button>
        )}
      </div>
    </>
  );
}
