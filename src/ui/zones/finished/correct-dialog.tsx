'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { TextAreaField } from '../../kit/text-field.tsx';
import { useTRPC } from '../../trpc/client.ts';
import { editorHref } from '../card/address.ts';

/** Opens a finished drawing again, with a reason that stands beside what comes of it. */
export function CorrectDialog(props: { schemeId: string; number: number; onClose: () => void }) {
  const t = useTranslations('zones.finished');
  const tAll = useTranslations('shell');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const { schemeId } = props;
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const correct = useMutation(
    api.drawings.correct.mutationOptions({ onSuccess: () => router.push(editorHref(schemeId)) }),
  );
  return (
    <Dialog opened onClose={props.onClose} title={t('correctTitle')}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') setMissing(true);
          else if (!correct.isPending) correct.mutate({ schemeId, reason });
        }}
      >
        <p className="text-soft">{t('correctText', { number: props.number })}</p>
        <TextAreaField
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          value={reason}
          maxLength={500}
          autoFocus
          error={isMissing ? t('reasonMissing') : undefined}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setMissing(false);
          }}
        />
        {correct.error !== null && (
          <p role="alert" className="text-danger">
            {problem(correct.error)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button kind="secondary" onClick={props.onClose}>
            {tAll('cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending || correct.isSuccess}>
            {t('correctDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
