'use client';

import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { createLeaveInput, type LeaveInput, leaveKinds } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { TimeField } from '../settings/time-field.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { VisitsList } from '../settings/visits-list.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { ResourceHoursData } from './resource-hours.tsx';

function LeaveForm({ data, onClose }: { data: ResourceHoursData; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.hours.createLeave.mutationOptions());
  const isPerson = data.resource.kind === 'specialist';
  const edit = useEditForm<LeaveInput, { leaveId: string }>({
    initial: {
      resourceId: data.resource.id,
      kind: isPerson ? 'holiday' : 'repair',
      dateFrom: data.today,
      dateTo: data.today,
      startMinute: null,
      endMinute: null,
      note: null,
    },
    schema: createLeaveInput,
    save: (values) => saving.mutateAsync(values),
    onSaved: () => {
      void queries.invalidateQueries(trpc.hours.pathFilter());
      toast(t('settings.saved'));
      onClose();
    },
  });
  const { form } = edit;
  const isWhole = form.values.startMinute === null && form.values.endMinute === null;
  const setWhole = (whole: boolean) => {
    form.setFieldValue('startMinute', whole ? null : 540);
    form.setFieldValue('endMinute', whole ? null : 1080);
  };
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <NativeSelect
        label={t('hours.leaveKind')}
        data={leaveKinds.map((value) => ({ value, label: t(`hours.leaveKinds.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextInput type="date" label={t('hours.dateFrom')} {...form.getInputProps('dateFrom')} />
        <TextInput type="date" label={t('hours.dateTo')} {...form.getInputProps('dateTo')} />
      </div>
      <Switch
        label={t('hours.wholeDays')}
        checked={isWhole}
        onChange={(event) => setWhole(event.currentTarget.checked)}
      />
      {!isWhole && (
        <div className="grid grid-cols-2 gap-3">
          <TimeField
            label={t('hours.startTime')}
            value={form.values.startMinute ?? Number.NaN}
            error={form.errors.startMinute}
            onChange={(minute) => form.setFieldValue('startMinute', minute ?? Number.NaN)}
          />
          <TimeField
            label={t('hours.endTime')}
            value={form.values.endMinute ?? Number.NaN}
            error={form.errors.endMinute}
            onChange={(minute) => form.setFieldValue('endMinute', minute ?? Number.NaN)}
          />
        </div>
      )}
      <TextInput
        label={t('hours.note')}
        description={t('hours.noteHint')}
        maxLength={200}
        {...form.getInputProps('note')}
        value={form.values.note ?? ''}
      />
      {edit.problem !== null && (
        <div role="alert" className="text-sm text-danger">
          <p>{edit.problem}</p>
          {edit.refusal?.code === 'visits_in_the_way' && (
            <VisitsList visits={edit.refusal.visits} total={edit.refusal.total} zone={data.timeZone} />
          )}
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={edit.pending}>
          {t('settings.add')}
        </Button>
      </div>
    </form>
  );
}

export function LeaveDialog(props: { data: ResourceHoursData; opened: boolean; onClose: () => void }) {
  const t = useTranslations('hours');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('addLeave')}>
      <LeaveForm data={props.data} onClose={props.onClose} />
    </Dialog>
  );
}
