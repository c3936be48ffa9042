'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';
import { type ClosureInput, createClosureInput } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { HoursLocation } from './resource-hours.tsx';

export type ClosureRow = inferRouterOutputs<AppRouter>['hours']['closures'][number];

interface DialogProps {
  locations: readonly HoursLocation[];
  /** Null: a new one. */
  known: ClosureRow | null;
  onClose: () => void;
}

const fieldsOf = ({ locationId, dateFrom, dateTo, name }: ClosureRow): ClosureInput => ({
  locationId,
  dateFrom,
  dateTo,
  name,
});

function ClosureForm({ locations, known, onClose }: DialogProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const closing = useMutation(trpc.hours.createClosure.mutationOptions());
  const changing = useMutation(trpc.hours.changeClosure.mutationOptions());
  const edit = useEditForm<ClosureInput, { version: number }>({
    initial: known
      ? fieldsOf(known)
      : { locationId: locations[0]?.id ?? '', dateFrom: '', dateTo: '', name: '' },
    version: known?.version ?? null,
    latest: async () => {
      const rows = await queries.fetchQuery({ ...trpc.hours.closures.queryOptions(), staleTime: 0 });
      const now = rows.find(({ closureId }) => closureId === known?.closureId);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema: createClosureInput,
    save: ({ locationId, ...values }, version) =>
      known === null
        ? closing.mutateAsync({ locationId, ...values })
        : changing.mutateAsync({ closureId: known.closureId, version: version ?? known.version, ...values }),
    onSaved: (_, { name }) => {
      void queries.invalidateQueries(trpc.hours.pathFilter());
      toast(known === null ? t('hours.closed', { name }) : t('settings.saved'));
      onClose();
    },
  });
  const { form } = edit;
  const zone = locations.find(({ id }) => id === form.values.locationId)?.timeZone ?? 'UTC';
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      {locations.length > 1 && (
        <NativeSelect
          label={t('hours.location')}
          disabled={known !== null}
          data={locations.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('locationId')}
        />
      )}
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
      <TextInput
        label={t('hours.closureName')}
        description={t('hours.closureNameHint')}
        maxLength={80}
        {...form.getInputProps('name')}
      />
      <DialogFoot
        edit={edit}
        onClose={onClose}
        zone={zone}
        aside={known && <HistoryLink recordId={known.closureId} name={known.name} />}
        {...(known === null ? { action: t('hours.addClosure') } : {})}
      />
    </form>
  );
}

export function ClosureDialog({ opened, ...rest }: DialogProps & { opened: boolean }) {
  const t = useTranslations('hours');
  return (
    <Dialog
      opened={opened}
      onClose={rest.onClose}
      title={rest.known === null ? t('addClosure') : t('editClosure')}
    >
      <ClosureForm {...rest} />
    </Dialog>
  );
}
