'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createClosureInput } from '../../domain/hours.ts';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { EmptyState } from '../kit/states.tsx';
import { toast } from '../kit/toasts.ts';
import { Answered } from '../settings/query-states.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { VisitsList } from '../settings/visits-list.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { HoursLocation } from './resource-hours.tsx';
import { useDayText } from './use-validity.ts';

function ClosureForm({ locations, onClose }: { locations: readonly HoursLocation[]; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.hours.createClosure.mutationOptions());
  const edit = useEditForm({
    initial: { locationId: locations[0]?.id ?? '', dateFrom: '', dateTo: '', name: '' },
    schema: createClosureInput,
    save: (values) => saving.mutateAsync(values),
    onSaved: (_, { name }) => {
      void queries.invalidateQueries(trpc.hours.pathFilter());
      toast(t('hours.closed', { name }));
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
      {edit.problem !== null && (
        <div role="alert" className="text-sm text-danger">
          <p>{edit.problem}</p>
          {edit.refusal?.code === 'visits_in_the_way' && (
            <VisitsList visits={edit.refusal.visits} total={edit.refusal.total} zone={zone} />
          )}
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={edit.pending}>
          {t('hours.addClosure')}
        </Button>
      </div>
    </form>
  );
}

/** Days on which whole locations are closed. */
export function ClosuresPanel({ locations }: { locations: readonly HoursLocation[] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const day = useDayText();
  const [adding, setAdding] = useState(false);
  const closures = useQuery(trpc.hours.closures.queryOptions());
  const remove = useMutation(
    trpc.hours.deleteClosure.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.hours.pathFilter());
        toast(t('hours.reopened'));
      },
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const add = (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setAdding(true)}>
      {t('hours.addClosure')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('hours.closuresTitle')}
        lead={t('hours.closuresLead')}
        actions={(closures.data?.length ?? 0) > 0 && add}
      />
      <Answered query={closures} shape="list" backHref="/settings/hours">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon="lock" title={t('hours.noClosures')}>
              {add}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {rows.map((closure) => (
                <li
                  key={closure.closureId}
                  className="flex min-h-14 flex-wrap items-center gap-x-4 px-4 py-1"
                >
                  <span className="min-w-44 font-medium">
                    {closure.dateFrom === closure.dateTo
                      ? day(closure.dateFrom)
                      : `${day(closure.dateFrom)} – ${day(closure.dateTo)}`}
                  </span>
                  <span className="min-w-0 flex-1">
                    {closure.name}
                    {locations.length > 1 && (
                      <span className="block text-sm text-soft">
                        {locations.find(({ id }) => id === closure.locationId)?.name}
                      </span>
                    )}
                  </span>
                  <IconButton
                    icon="remove"
                    label={t('settings.removeNamed', { name: closure.name })}
                    onClick={() => !remove.isPending && remove.mutate({ closureId: closure.closureId })}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('hours.addClosure')}>
        <ClosureForm locations={locations} onClose={() => setAdding(false)} />
      </Dialog>
    </>
  );
}
