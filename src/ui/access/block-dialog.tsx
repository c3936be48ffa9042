'use client';

import { Alert, Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { TextField } from '../kit/text-field.tsx';

/** Before somebody is shut out: a question, because work may be going on, and room for the reason. */
export function BlockDialog(props: {
  name: string;
  opened: boolean;
  pending: boolean;
  onClose: () => void;
  onBlock: (reason: string) => void;
}) {
  const t = useTranslations();
  const [reason, setReason] = useState('');
  const { name } = props;
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('access.blockTitle', { name })}>
      <p className="mb-4 text-soft">{t('access.blockText', { name })}</p>
      <TextField
        name="reason"
        label={t('access.blockReason')}
        hint={t('access.blockReasonHint')}
        maxLength={300}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="default" onClick={props.onClose} autoFocus>
          {t('shell.cancel')}
        </Button>
        <Button color="red" loading={props.pending} onClick={() => props.onBlock(reason)}>
          {t('access.blockPerson')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Why an account is blocked, where somebody has said so. */
export function BlockedNote({ reason }: { reason: string | null }) {
  const t = useTranslations('access');
  if (reason === null) return null;
  return (
    <Alert color="red" mb="lg" title={t('blockedBecause')}>
      <span className="break-words">{reason}</span>
    </Alert>
  );
}
