'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The foot of a form in a dialog: what went wrong as a whole, the way out and the one action. */
export function DialogFoot(props: {
  problem: string | null;
  pending: boolean;
  onClose: () => void;
  action?: string;
  aside?: ReactNode;
}) {
  const t = useTranslations('shell');
  return (
    <>
      {props.problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {props.problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {props.aside !== undefined && <div className="mr-auto">{props.aside}</div>}
        <Button variant="default" onClick={props.onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={props.pending}>
          {props.action ?? t('save')}
        </Button>
      </div>
    </>
  );
}
