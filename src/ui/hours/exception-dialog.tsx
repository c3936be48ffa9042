'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ExceptionFields, exceptionFields, exceptionKinds } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import { DayHours, type DayInterval, nextInterval } from './day-hours.tsx';
import type { ExceptionRow } from './exceptions-section.tsx';

interface DialogProps {
  resourceId: string;
  today: string;
  known: ExceptionRow | null;
  onClose: () => void;
}

const fieldsOf = ({ dateFrom, dateTo, kind, intervals, note }: ExceptionRow): ExceptionFields => ({
  dateFrom,
  dateTo,
  kind,
  intervals,
  note,
});

function ExceptionForm({ resourceId, today, known, onClose }: DialogProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.hours.saveException.mutationOptions());
  const edit = useEditForm<ExceptionFields, { version: number }>({
    initial: known
      ? fieldsOf(known)
      : { dateFrom: today, dateTo: today, kind: 'closed', intervals: [], note: null },
    version: known?.version ?? null,
    latest: async () => {
      const options = trpc.hours.resource.queryOptions({ resourceId });
      const { exceptions } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = exceptions.find(({ exceptionId }) => exceptionId === known?.exceptionId);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema: exceptionFields,
    save: (values, version) =>
      saving.mutateAsync({ exceptionId: known?.exceptionId ?? null, version, resourceId, ...values }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.hours.pathFilter());
      toast(t('settings.saved'));
      onClose();
    },
  });
  const { form } = edit;
  const { kind, intervals } = form.values;
  const setIntervals = (next: DayInterval[]) => form.setFieldValue('intervals', next);
  const changeKind = (next: string) => {
    const chosen = exceptionKinds.find((each) => each === next) ?? 'closed';
    form.setFieldValue('kind', chosen);
    if (chosen === 'closed') setIntervals([]);
    else if (intervals.length === 0) setIntervals([nextInterval([])]);
    else if (chosen === 'break') setIntervals(intervals.map((each) => ({ ...each, breaks: [] })));
  };
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          type="date"
          label={t('hours.dateFrom')}
          autoFocus
          {...form.getInputProps('dateFrom')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            form.setFieldValue('dateFrom', value);
            if (form.values.dateTo < value) form.setFieldValue('dateTo', value);
          }}
        />
        <TextInput type="date" label={t('hours.dateTo')} {...form.getInputProps('dateTo')} />
      </div>
      <NativeSelect
        label={t('hours.kind')}
        data={exceptionKinds.map((value) => ({ value, label: t(`hours.kinds.${value}`) }))}
        value={kind}
        onChange={(event) => changeKind(event.currentTarget.value)}
      />
      {kind !== 'closed' && (
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('hours.dayHours')}</legend>
          <div className="flex flex-col gap-2">
            {intervals.map((interval, index) => (
              <DayHours
                // Stretches have no identity of their own: they are their place.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={index}
                day={t('hours.dayHours')}
                interval={interval}
                withBreaks={kind !== 'break'}
                onChange={(changed) =>
                  setIntervals(intervals.map((each, at) => (at === index ? changed : each)))
                }
                onRemove={() => setIntervals(intervals.filter((_, at) => at !== index))}
                errorAt={(field) => form.errors[`intervals.${index}.${field}`]}
              />
            ))}
          </div>
          {form.errors.intervals !== undefined && (
            <p className="text-sm text-danger">{form.errors.intervals}</p>
          )}
          <Button
            mt="xs"
            size="xs"
            variant="default"
            onClick={() => setIntervals([...intervals, nextInterval(intervals)])}
          >
            {t('hours.addHours')}
          </Button>
        </fieldset>
      )}
      <TextInput
        label={t('hours.note')}
        description={t('hours.noteHint')}
        maxLength={200}
        {...form.getInputProps('note')}
        value={form.values.note ?? ''}
      />
      <DialogFoot edit={edit} onClose={onClose} />
    </form>
  );
}

export function ExceptionDialog({ opened, ...rest }: DialogProps & { opened: boolean }) {
  const t = useTranslations('hours');
  return (
    <Dialog opened={opened} onClose={rest.onClose} title={t('editException')}>
      <ExceptionForm {...rest} />
    </Dialog>
  );
}
