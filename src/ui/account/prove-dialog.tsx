'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { useTRPC } from '../trpc/client.ts';
import { asksForCode, noProof, ProveFields } from './prove-fields.tsx';

function ProveForm({ onAnswer }: { onAnswer: (isProven: boolean) => void }) {
  const t = useTranslations('shell');
  const api = useTRPC();
  const [typed, setTyped] = useState(noProof);
  const [wantsCode, setWantsCode] = useState(false);
  const prove = useMutation(
    api.account.prove.mutationOptions({
      networkMode: 'always',
      onSuccess: () => onAnswer(true),
      onError: (error) => setWantsCode(wantsCode || asksForCode(error)),
    }),
  );
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!prove.isPending) prove.mutate(typed);
      }}
    >
      <p className="mb-4 text-soft">{t('prove.text')}</p>
      <ProveFields typed={typed} onType={setTyped} error={prove.error} wantsCode={wantsCode} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button kind="secondary" onClick={() => onAnswer(false)}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={prove.isPending}>
          {t('prove.submit')}
        </Button>
      </div>
    </form>
  );
}

/** Asks who holds this session: for what opens much or can't be taken back. Leaving it is an answer too. */
export default function ProveDialog(props: { opened: boolean; onAnswer: (isProven: boolean) => void }) {
  const t = useTranslations('shell.prove');
  return (
    <Dialog opened={props.opened} onClose={() => props.onAnswer(false)} title={t('title')}>
      <ProveForm onAnswer={props.onAnswer} />
    </Dialog>
  );
}
