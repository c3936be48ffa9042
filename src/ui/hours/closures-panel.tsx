'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { EmptyState } from '../kit/states.tsx';
import { toast } from '../kit/toasts.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ClosureDialog, type ClosureRow } from './closure-dialog.tsx';
import type { HoursLocation } from './resource-hours.tsx';
import { useDayText } from './use-validity.ts';

/** Days on which whole locations are closed. */
export function ClosuresPanel({ locations }: { locations: readonly HoursLocation[] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const day = useDayText();
  const [open, setOpen] = useState<ClosureRow | 'new' | null>(null);
  const closures = useQuery(trpc.hours.closures.queryOptions());
  const refresh = () => queries.invalidateQueries(trpc.hours.pathFilter());
  const onError = (error: unknown) => {
    void refresh();
    toast(problemText(error), { tone: 'danger' });
  };
  const restore = useMutation(trpc.hours.createClosure.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(trpc.hours.deleteClosure.mutationOptions({ onError }));
  const removeOne = ({ closureId, version, ...closure }: ClosureRow) =>
    remove.mutate(
      { closureId, version },
      {
        onSuccess: () => {
          void refresh();
          toast(t('hours.reopened'), { undo: () => restore.mutate(closure) });
        },
      },
    );
  const add = (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setOpen('new')}>
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
                  <span className="w-full font-medium sm:w-72">
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
                    icon="edit"
                    label={t('settings.editNamed', { name: closure.name })}
                    onClick={() => setOpen(closure)}
                  />
                  <IconButton
                    icon="remove"
                    label={t('settings.removeNamed', { name: closure.name })}
                    onClick={() => !remove.isPending && removeOne(closure)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <ClosureDialog
        locations={locations}
        known={open === 'new' ? null : open}
        opened={open !== null}
        onClose={() => setOpen(null)}
      />
    </>
  );
}
