'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { z } from 'zod';
import { localDate, saveScheduleInput, type WeeklyInput, weeklyInput } from '../../domain/hours.ts';
import { weeklyMinutes } from '../../domain/weekly-hours.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useEditForm } from '../settings/use-edit-form.ts';
import { FormFoot } from '../settings/form-foot.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { HoursLocation, ScheduleRow } from './resource-hours.tsx';
import { useValidity } from './use-validity.ts';
import { WeekEditor } from './week-editor.tsx';
import { WeekStrip } from './week-strip.tsx';

export interface ScheduleValues {
  locationId: string;
  validFrom: string | null;
  validUntil: string | null;
  weekly: WeeklyInput;
}

const schema = z
  .object({
    locationId: saveScheduleInput.shape.locationId,
    validFrom: localDate.nullable(),
    validUntil: localDate.nullable(),
    weekly: weeklyInput,
  })
  .refine(
    ({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil,
    {
      error: 'ends_before_start',
      path: ['validUntil'],
    },
  );

/** One week of one resource, valid from and until a day. */
export function ScheduleForm(props: {
  resourceId: string;
  isSpecialist: boolean;
  known: ScheduleRow | null;
  initial: ScheduleValues;
  locations: readonly HoursLocation[];
  onDone: (scheduleId: string | null) => void;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { number } = useFormat();
  const { resourceId, known } = props;
  const [removing, setRemoving] = useState(false);
  const saving = useMutation(trpc.hours.saveSchedule.mutationOptions());
  const refresh = () => queries.invalidateQueries(trpc.hours.pathFilter());
  const edit = useEditForm<ScheduleValues, { scheduleId: string; version: number }>({
    initial: props.initial,
    version: known?.version ?? null,
    latest: async () => {
      const options = trpc.hours.resource.queryOptions({ resourceId });
      const { schedules } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = schedules.find(({ scheduleId }) => scheduleId === known?.scheduleId);
      if (!now) return null;
      const { locationId, validFrom, validUntil, weekly } = now;
      return { version: now.version, values: { locationId, validFrom, validUntil, weekly } };
    },
    schema,
    save: (values, version) =>
      saving.mutateAsync({ scheduleId: known?.scheduleId ?? null, version, resourceId, ...values }),
    onSaved: (saved) => {
      void refresh();
      toast(t('settings.saved'));
      props.onDone(saved.scheduleId);
    },
  });
  const { form } = edit;
  const remove = useMutation(
    trpc.hours.deleteSchedule.mutationOptions({
      onSuccess: () => {
        void refresh();
        props.onDone(null);
      },
      onError: (error) => {
        setRemoving(false);
        toast(problemText(error), { tone: 'danger' });
      },
    }),
  );
  const validity = useValidity();
  const hours = weeklyMinutes(form.values.weekly) / 60;

  return (
    <form onSubmit={edit.submit} noValidate>
      <div className="flex flex-col gap-5">
        <div className="order-2">
          <WeekEditor
            weekly={form.values.weekly}
            onChange={(weekly) => {
              form.setFieldValue('weekly', weekly);
              for (const path of Object.keys(form.errors))
                if (path.startsWith('weekly')) form.clearFieldError(path);
            }}
            errorAt={(path) => form.errors[path]}
          />
        </div>
        <div className="max-w-[40rem]">
          <WeekStrip weekly={form.values.weekly} />
          {Number.isFinite(hours) && (
            <p className="mt-2 text-sm text-soft" data-tabular>
              {t('hours.weekTotal', { hours: number(Math.round(hours * 100) / 100) })}
            </p>
          )}
        </div>
      </div>
      <div className="mt-4 grid grid-cols-2 gap-x-4 gap-y-2 lg:grid-cols-3">
        {(['validFrom', 'validUntil'] as const).map((field) => (
          <TextInput
            key={field}
            type="date"
            label={t(`hours.${field}`)}
            {...form.getInputProps(field)}
            value={form.values[field] ?? ''}
            onChange={(event) => form.setFieldValue(field, event.currentTarget.value || null)}
          />
        ))}
        {props.isSpecialist && props.locations.length > 1 && (
          <NativeSelect
            label={t('hours.location')}
            data={props.locations.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('locationId')}
          />
        )}
        <p className="col-span-full text-sm text-soft">{t('hours.validHint')}</p>
      </div>
      <FormFoot
        edit={edit}
        isNew={known === null}
        {...(known === null ? { onDiscard: () => props.onDone(null) } : {})}
      />
      {known !== null && (
        <>
          <Button size="xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
            {t('settings.remove')}
          </Button>
          <ConfirmDialog
            opened={removing}
            onClose={() => setRemoving(false)}
            onConfirm={() => remove.mutate({ scheduleId: known.scheduleId, version: known.version })}
            title={t('hours.deleteSchedule')}
            losses={[t('hours.deleteScheduleLoss', { validity: validity(known) })]}
            confirmLabel={t('settings.remove')}
            pending={remove.isPending}
          />
        </>
      )}
    </form>
  );
}
