'use client';

import { Button, Menu, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppointmentStatus } from '../../domain/appointment.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { newCallKey } from '../trpc/call-key.ts';
import { useTRPC } from '../trpc/client.ts';
import type { AppointmentDetail } from './types.ts';

type Mark = Extract<
  AppointmentStatus,
  'booked' | 'declined' | 'confirmed' | 'arrived' | 'fulfilled' | 'no_show'
>;
const marks: readonly AppointmentStatus[] = [
  'booked',
  'declined',
  'confirmed',
  'arrived',
  'fulfilled',
  'no_show',
];
const isMark = (status: AppointmentStatus): status is Mark => marks.includes(status);

/** The likeliest next step stands out; the others stand beside it or in the menu. */
const usual: Partial<Record<AppointmentStatus, Mark>> = {
  pending: 'booked',
  booked: 'arrived',
  confirmed: 'arrived',
};

/** What may be done with a visit now: as the domain's transitions allow, nothing else is shown. */
export function VisitActions(props: {
  visit: AppointmentDetail;
  zone: string;
  onMoving: (moving: boolean) => void;
}) {
  const t = useTranslations('calendar.visit');
  const format = useFormat();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { visit } = props;
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const [cancelKey] = useState(newCallKey);

  const settled = {
    onError: (error: unknown) => toast(problemText(error), { tone: 'danger' }),
    onSettled: () =>
      void Promise.all([
        queries.invalidateQueries({
          queryKey: trpc.booking.detail.queryKey({ appointmentId: visit.appointmentId }),
        }),
        queries.invalidateQueries({ queryKey: trpc.booking.calendar.pathKey() }),
        queries.invalidateQueries({ queryKey: trpc.booking.today.pathKey() }),
      ]),
  };
  const mark = useMutation(trpc.booking.mark.mutationOptions(settled));
  const cancel = useMutation(trpc.booking.cancel.mutationOptions(settled));
  const start = useMutation(trpc.visits.start.mutationOptions(settled));
  const complete = useMutation(trpc.visits.complete.mutationOptions(settled));
  const busy = mark.isPending || cancel.isPending || start.isPending || complete.isPending;
  const { appointmentId } = visit;

  const send = (to: Mark) => {
    const from = visit.status;
    mark.mutate(
      { appointmentId, to, idempotencyKey: newCallKey() },
      {
        onSuccess: () => {
          // A mistaken mark goes back the way the domain allows.
          const canUndo = (to === 'arrived' || to === 'no_show') && from === 'booked';
          const undo = () => mark.mutate({ appointmentId, to: 'booked', idempotencyKey: newCallKey() });
          toast(t(`marked.${to}`), canUndo ? { undo } : {});
        },
      },
    );
  };
  const next = visit.next.filter(isMark);
  const first = next.find((status) => status === usual[visit.status]);
  const rest = next.filter((status) => status !== first);
  const mayStart = visit.mayEdit && ['booked', 'confirmed', 'arrived'].includes(visit.status);
  const inChair = visit.visit?.status === 'in_progress';
  const label = (to: Mark): string =>
    visit.status === 'pending' && to === 'booked' ? t('mark.approve') : t(`mark.${to}`);
  const mayCancel = visit.next.includes('cancelled');
  if (!visit.mayEdit || (next.length === 0 && !mayStart && !mayCancel)) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {visit.status === 'arrived' && inChair && visit.visit !== null ? (
        <Button
          loading={complete.isPending}
          onClick={() => visit.visit && complete.mutate({ visitId: visit.visit.id })}
        >
          {t('complete')}
        </Button>
      ) : visit.status === 'arrived' && mayStart ? (
        <Button loading={start.isPending} onClick={() => start.mutate({ appointmentId })}>
          {t('start')}
        </Button>
      ) : (
        first !== undefined && (
          <Button disabled={busy} onClick={() => send(first)}>
            {label(first)}
          </Button>
        )
      )}
      {visit.status === 'pending' && next.includes('declined') && (
        <Button variant="default" disabled={busy} onClick={() => send('declined')}>
          {t('mark.declined')}
        </Button>
      )}
      {visit.mayMove && (
        <Button variant="default" disabled={busy} onClick={() => props.onMoving(true)}>
          {t('move')}
        </Button>
      )}
      <Menu position="bottom-end" width={240} transitionProps={{ duration: 120 }}>
        <Menu.Target>
          <IconButton icon="more" label={t('moreActions')} disabled={busy} />
        </Menu.Target>
        <Menu.Dropdown>
          {mayStart && visit.status !== 'arrived' && (
            <Menu.Item onClick={() => start.mutate({ appointmentId })}>{t('start')}</Menu.Item>
          )}
          {rest
            .filter((status) => status !== 'declined')
            .map((status) => (
              <Menu.Item key={status} onClick={() => send(status)}>
                {label(status)}
              </Menu.Item>
            ))}
          {mayCancel && (
            <Menu.Item color="red" onClick={() => setCancelling(true)}>
              {t('cancel')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('cancelTitle')}
        losses={[
          t('cancelLoss', {
            name: visit.client?.name ?? '',
            at: format.dayTime(new Date(visit.startsAt), props.zone),
          }),
        ]}
        confirmLabel={t('cancel')}
        pending={cancel.isPending}
        onConfirm={() =>
          cancel.mutate(
            { appointmentId, idempotencyKey: cancelKey, ...(reason.trim() === '' ? {} : { reason }) },
            {
              onSuccess: () => {
                setCancelling(false);
                toast(t('cancelled'), { tone: 'neutral' });
              },
            },
          )
        }
      >
        <Textarea
          label={t('cancelReason')}
          description={t('cancelTold')}
          value={reason}
          maxLength={300}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </div>
  );
}
