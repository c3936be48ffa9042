'use client';

import { SaveBar } from '../kit/save-bar.tsx';
import type { EditForm } from './use-edit-form.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { StaleNote } from './stale-note.tsx';

/** Comes into sight with the first change and goes when all is saved; guards the way out meanwhile. */
export function FormFoot<Values extends object>(props: {
  edit: EditForm<Values>;
  /** Something new is worth saving as it is. */
  isNew?: boolean;
  onDiscard?: () => void;
}) {
  const { edit, isNew = false } = props;
  const isOpen = edit.dirty || edit.pending || edit.problem !== null || isNew;
  return (
    <>
      {isOpen && (
        <SaveBar
          dirty={edit.dirty || isNew}
          pending={edit.pending}
          onDiscard={props.onDiscard ?? edit.discard}
          problem={edit.problem}
          instead={edit.stale && <StaleNote edit={edit} />}
        />
      )}
      <LeaveGuard dirty={edit.dirty} />
    </>
  );
}
