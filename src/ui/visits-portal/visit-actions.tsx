'use client';
'use no memo';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { sendAgain } from '../booking/use-hold.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { TextField } from '../kit/text-field.tsx';
import { toast } from '../kit/toasts.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import { isMovable, nameOf, type OwnVisit } from './own-visit.ts';

/** What a client may still do with a visit that is to come. Every press acts once, however often it is sent. */
export function VisitActions({ visit, isOpen }: { visit: OwnVisit; isOpen: boolean }) {
  const t = useTranslations('visits');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const [asking, setAsking] = useState(false);
  const { appointmentId, status } = visit;
  const confirm = useMutation(
    api.booking.confirm.mutationOptions({ networkMode: 'always', retry: sendAgain }),
  );
  function sayYes() {
    confirm.mutate(
      { appointmentId, idempotencyKey: newCallKey() },
      {
        onSuccess: () => toast(t('confirmDone')),
        // Refused or not, the page shows the visit as it is now.
        onSettled: () => router.refresh(),
      },
    );
  }
  // A request that nobody has answered may always be taken back.
  const mayCancel = isMovable(status) && (isOpen || status === 'pending');
  return (
    <>
      <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        {status === 'booked' && (
          <Button icon="check" loading={confirm.isPending} onClick={sayYes}>
            {t('confirm')}
          </Button>
        )}
        {isMovable(status) && isOpen && (
          <ButtonLink kind="secondary" icon="clock" href={`/visits/${appointmentId}/reschedule`}>
            {t('reschedule')}
          </ButtonLink>
        )}
        {mayCancel && (
          <Button kind="secondary" icon="close" onClick={() => setAsking(true)}>
            {t('cancel')}
          </Button>
        )}
      </div>
      {confirm.error !== null && (
        <p role="alert" className="mt-3 text-danger">
          {problem(confirm.error)}
        </p>
      )}
      <CancelDialog visit={visit} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

function CancelDialog({ visit, opened, onClose }: { visit: OwnVisit; opened: boolean; onClose: () => void }) {
  const t = useTranslations('visits');
  const api = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const problem = useProblemText();
  const [reason, setReason] = useState('');
  const cancel = useMutation(api.booking.cancel.mutationOptions({ networkMode: 'always', retry: sendAgain }));
  const { appointmentId } = visit;
  function send() {
    cancel.mutate(
      { appointmentId, idempotencyKey: newCallKey(), ...(reason.trim() === '' ? {} : { reason }) },
      {
        onSuccess() {
          onClose();
          toast(t('cancelled'));
          router.refresh();
        },
      },
    );
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={send}
      pending={cancel.isPending}
      title={t('cancelTitle')}
      losses={[`${nameOf(visit)}, ${format.dayTime(new Date(visit.startsAt), visit.timeZone)}`]}
      confirmLabel={t('cancel')}
      keepLabel={t('keep')}
    >
      <TextField
        label={t('cancelReason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {cancel.error !== null && (
        <p role="alert" className="mt-3 text-danger">
          {problem(cancel.error)}
        </p>
      )}
    </ConfirmDialog>
  );
}
