'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Only before what can't be undone, and naming what will be lost. Everything else acts at once and offers undo. */
export function ConfirmDialog(props: {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: ReactNode;
  /** What will be lost, one thing a line. */
  losses: readonly string[];
  confirmLabel: string;
  /** How to leave, where "Cancel" could be taken for the deed. */
  keepLabel?: string;
  pending?: boolean;
  /** More to fill in or to know, such as a reason. */
  children?: ReactNode;
}) {
  const t = useTranslations('shell');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      {props.losses.length > 0 && (
        <>
          <p className="text-soft">{t('confirm.lost')}</p>
          <ul className="mt-1 list-disc pl-5">
            {props.losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-3 text-sm text-soft">{t('confirm.cantUndo')}</p>
      {props.children !== undefined && <div className="mt-4">{props.children}</div>}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button kind="secondary" onClick={props.onClose} autoFocus>
          {props.keepLabel ?? t('cancel')}
        </Button>
        <Button kind="danger" loading={props.pending === true} onClick={props.onConfirm}>
          {props.confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
