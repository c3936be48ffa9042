'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { TextAreaField } from '../kit/text-field.tsx';

export function ConfirmForm(props: {
  visitor: { firstName: string; email: string };
  note: string;
  isRequest: boolean;
  pending: boolean;
  disabled: boolean;
  onNote: (note: string) => void;
  onConfirm: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('booking');
  return (
    <form
      method="post"
      className="flex max-w-prose flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.pending && !props.disabled) props.onConfirm();
      }}
    >
      <p>{t('bookingAs', { name: props.visitor.firstName, email: props.visitor.email })}</p>
      <NoteField note={props.note} onNote={props.onNote} />
      {props.isRequest && <p className="text-sm text-soft">{t('requestText')}</p>}
      <div>
        <Button type="submit" wide loading={props.pending} disabled={props.disabled}>
          {props.isRequest ? t('sendRequest') : t('bookNow')}
        </Button>
        {props.children}
      </div>
    </form>
  );
}

export function NoteField({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  const t = useTranslations('booking');
  return (
    <TextAreaField
      name="note"
      label={t('note')}
      hint={t('noteHint')}
      rows={2}
      maxLength={1000}
      value={note}
      onChange={(event) => onNote(event.currentTarget.value)}
    />
  );
}
