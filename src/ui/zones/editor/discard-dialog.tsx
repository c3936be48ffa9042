'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { toast } from '../../kit/toasts.ts';
import { useTRPC } from '../../trpc/client.ts';

/** One question, naming what goes: back to how it was opened, or last finished. */
export function DiscardDialog(props: {
  schemeId: string;
  isCorrection: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations('zones.editor.cancel');
  const api = useTRPC();
  const problem = useProblemText();
  const cancel = useMutation(
    api.drawings.cancel.mutationOptions({
      onSuccess: props.onDone,
      onError: (error) => toast(problem(error), { tone: 'danger' }),
    }),
  );
  return (
    <ConfirmDialog
      opened
      onClose={props.onClose}
      onConfirm={() => cancel.mutate({ schemeId: props.schemeId })}
      title={t(props.isCorrection ? 'titleCorrection' : 'title')}
      losses={[t(props.isCorrection ? 'lossCorrection' : 'loss')]}
      confirmLabel={t('confirm')}
      keepLabel={t('keep')}
      pending={cancel.isPending}
    />
  );
}
