'use client';

import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type LeaveFields, leaveFields, leaveKinds } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { TimeField } from '../settings/time-field.tsx';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import type { ResourceHoursData } from './resource-hours.tsx';

export type LeaveRow = ResourceHoursData['leaves'][number];

interface DialogProps {
  data: ResourceHoursData;
  /** Null: a new one. */
  known: LeaveRow | null;
  onClose: () => void;
}

function LeaveForm({ data, known, onClose }: DialogProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const entering = useMutation(trpc.hours.createLeave.mutationOptions());
  const changing = useMutation(trpc.hours.changeLeave.mutationOptions());
  const resourceId = data.resource.id;
  const isPerson = data.resource.kind === 'specialist';
  const edit = useEditForm<LeaveFields, { leaveId: string; version: number }>({
    initial: known?.fields ?? {
      kind: isPerson ? 'holiday' : 'repair',
      dateFrom: data.today,
      dateTo: data.today,
      startMinute: null,
      endMinute: null,
      note: null,
    },
    version: known?.version ?? null,
    latest: async () => {
      const options = trpc.hours.resource.queryOptions({ resourceId });
      const { leaves } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = leaves.find(({ leaveId }) => leaveId === known?.leaveId);
      return now ? { version: now.version, values: now.fields } : null;
    },
    schema: leaveFields,
    save: (values, version) =>
      known === null
        ? entering.mutateAsync({ resourceId, ...values })
        : changing.mutateAsync({ leaveId: known.leaveId, version: version ?? known.version, ...values }),
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
        <TextInput
          type="date"
          label={t('hours.dateFrom')}
          {...form.getInputProps('dateFrom')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            form.setFieldValue('dateFrom', value);
            if (form.values.dateTo < value) form.setFieldValue('dateTo', value);
          }}
        />
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
      <DialogFoot
        edit={edit}
        onClose={onClose}
        zone={data.timeZone}
        {...(known === null ? { action: t('settings.add') } : {})}
      />
    </form>
  );
}

export function LeaveDialog({ opened, ...rest }: DialogProps & { opened: boolean }) {
  const t = useTranslations('hours');
  return (
    <Dialog
      opened={opened}
      onClose={rest.onClose}
      title={rest.known === null ? t('addLeave') : t('editLeave')}
    >
      <LeaveForm {...rest} />
    </Dialog>
  );
}
