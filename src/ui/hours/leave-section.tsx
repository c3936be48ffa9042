'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '../../i18n/use-format.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useTRPC } from '../trpc/client.ts';
import { LeaveDialog, type LeaveRow } from './leave-dialog.tsx';
import type { ResourceHoursData } from './resource-hours.tsx';

/** Time away. It claims its time, so it may be refused over visits. Removing it can be taken back for as long as the toast stands. */
export function LeaveSection({ data }: { data: ResourceHoursData }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { day, dayTime, time } = useFormat();
  const [open, setOpen] = useState<LeaveRow | 'new' | null>(null);
  const isPerson = data.resource.kind === 'specialist';
  const resourceId = data.resource.id;
  const refresh = () => queries.invalidateQueries(trpc.hours.pathFilter());
  const onError = (error: unknown) => {
    void refresh();
    toast(problemText(error), { tone: 'danger' });
  };
  const restore = useMutation(trpc.hours.createLeave.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(trpc.hours.deleteLeave.mutationOptions({ onError }));
  const removeOne = ({ leaveId, version, fields }: LeaveRow) =>
    remove.mutate(
      { leaveId, version },
      {
        onSuccess: () => {
          void refresh();
          toast(t('hours.removedLeave'), { undo: () => restore.mutate({ ...fields, resourceId }) });
        },
      },
    );
  const zone = data.timeZone;
  const words = ({ startsAt, endsAt }: LeaveRow): string => {
    const last = new Date(endsAt.getTime() - 1);
    const isWhole = time(startsAt, zone) === '00:00' && time(endsAt, zone) === '00:00';
    const [from, to] = [day(startsAt, zone), day(last, zone)];
    if (!isWhole)
      return from === to
        ? `${dayTime(startsAt, zone)}–${time(endsAt, zone)}`
        : `${dayTime(startsAt, zone)} – ${dayTime(endsAt, zone)}`;
    return from === to ? from : `${from} – ${to}`;
  };
  return (
    <Section
      title={t('hours.leave')}
      lead={isPerson ? t('hours.leaveLead') : t('hours.leaveRoomLead')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpen('new')}
        >
          {t('hours.addLeave')}
        </Button>
      }
    >
      {data.leaves.length === 0 ? (
        <p className="text-soft">{t('hours.noLeave')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {data.leaves.map((leave) => (
            <li key={leave.leaveId} className="flex min-h-12 flex-wrap items-center gap-x-4 py-1">
              <span className="w-full font-medium sm:w-72" suppressHydrationWarning>
                {words(leave)}
              </span>
              <span className="min-w-36 flex-1">
                {t(`hours.leaveKinds.${leave.fields.kind}`)}
                {leave.fields.note !== null && (
                  <span className="block text-sm text-soft">{leave.fields.note}</span>
                )}
              </span>
              <IconButton
                icon="edit"
                label={t('settings.editNamed', { name: words(leave) })}
                onClick={() => setOpen(leave)}
              />
              <IconButton
                icon="remove"
                label={t('settings.removeNamed', { name: words(leave) })}
                onClick={() => !remove.isPending && removeOne(leave)}
              />
            </li>
          ))}
        </ul>
      )}
      <LeaveDialog
        data={data}
        known={open === 'new' ? null : open}
        opened={open !== null}
        onClose={() => setOpen(null)}
      />
    </Section>
  );
}
