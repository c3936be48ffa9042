'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { TextField } from '../../kit/text-field.tsx';
import { useTRPC } from '../../trpc/client.ts';

/** A name of one's own for a drawing; left empty, it goes by what it is drawn on. */
export function RenameDialog(props: {
  schemeId: string;
  title: string;
  /** What it goes by without a name. */
  usual: string;
  onClose: () => void;
  onDone: (title: string) => void;
}) {
  const t = useTranslations('zones.editor.rename');
  const tAll = useTranslations('shell');
  const api = useTRPC();
  const problem = useProblemText();
  const [title, setTitle] = useState(props.title);
  const rename = useMutation(
    api.drawings.rename.mutationOptions({ onSuccess: (_done, sent) => props.onDone(sent.title) }),
  );
  return (
    <Dialog opened onClose={props.onClose} title={t('title')}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!rename.isPending) rename.mutate({ schemeId: props.schemeId, title: title.trim() });
        }}
      >
        <TextField
          name="title"
          label={t('label')}
          hint={t('hint', { usual: props.usual })}
          value={title}
          maxLength={80}
          autoFocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {rename.error !== null && (
          <p role="alert" className="text-danger">
            {problem(rename.error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button kind="secondary" onClick={props.onClose}>
            {tAll('cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
