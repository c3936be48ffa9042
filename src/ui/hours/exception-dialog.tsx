'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { exceptionKinds, saveExceptionInput } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
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

function ExceptionForm({ resourceId, today, known, onClose }: DialogProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.hours.saveException.mutationOptions());
  const edit = useEditForm({
    initial: {
      exceptionId: known?.exceptionId ?? null,
      resourceId,
      dateFrom: known?.dateFrom ?? today,
      dateTo: known?.dateTo ?? today,
      kind: known?.kind ?? 'closed',
      intervals: known?.intervals ?? [],
      note: known?.note ?? null,
    },
    schema: saveExceptionInput,
    save: (values) => saving.mutateAsync(values),
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
        <TextInput type="date" label={t('hours.dateFrom')} autoFocus {...form.getInputProps('dateFrom')} />
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
      {edit.problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {edit.problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={edit.pending}>
          {t('shell.save')}
        </Button>
      </div>
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
