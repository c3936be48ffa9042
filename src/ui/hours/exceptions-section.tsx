'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { clockText } from '../settings/time-field.tsx';
import { useTRPC } from '../trpc/client.ts';
import { ExceptionDialog } from './exception-dialog.tsx';
import type { ResourceHoursData } from './resource-hours.tsx';
import { useDayText } from './use-validity.ts';

export type ExceptionRow = ResourceHoursData['exceptions'][number];

/** Days that differ from the week. Removing one can be taken back for as long as the toast stands. */
export function ExceptionsSection({ data }: { data: ResourceHoursData }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const day = useDayText();
  const [editing, setEditing] = useState<ExceptionRow | 'new' | null>(null);
  const resourceId = data.resource.id;
  const refresh = () => queries.invalidateQueries(trpc.hours.pathFilter());
  const onError = (error: unknown) => toast(problemText(error), { tone: 'danger' });
  const restore = useMutation(trpc.hours.saveException.mutationOptions({ onSuccess: refresh, onError }));
  const remove = useMutation(trpc.hours.deleteException.mutationOptions({ onError }));
  const dates = ({ dateFrom, dateTo }: ExceptionRow): string =>
    dateFrom === dateTo ? day(dateFrom) : `${day(dateFrom)} – ${day(dateTo)}`;
  const removeOne = (exception: ExceptionRow) =>
    remove.mutate(
      { exceptionId: exception.exceptionId, version: exception.version },
      {
        onSuccess: () => {
          void refresh();
          toast(t('settings.removed', { name: dates(exception) }), {
            undo: () => restore.mutate({ ...exception, exceptionId: null, version: null, resourceId }),
          });
        },
      },
    );
  return (
    <Section
      title={t('hours.exceptions')}
      lead={t('hours.exceptionsLead')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setEditing('new')}
        >
          {t('hours.addException')}
        </Button>
      }
    >
      {data.exceptions.length === 0 ? (
        <p className="text-soft">{t('hours.noExceptions')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {data.exceptions.map((exception) => (
            <li key={exception.exceptionId} className="flex min-h-12 flex-wrap items-center gap-x-4 py-1">
              <span className="w-full font-medium sm:w-72">{dates(exception)}</span>
              <span className="min-w-36 flex-1">
                {t(`hours.kinds.${exception.kind}`)}
                {exception.intervals.length > 0 && (
                  <span className="text-soft" data-tabular>
                    {' '}
                    {exception.intervals
                      .map(
                        ({ startMinute, endMinute }) => `${clockText(startMinute)}–${clockText(endMinute)}`,
                      )
                      .join(', ')}
                  </span>
                )}
                {exception.note !== null && <span className="block text-sm text-soft">{exception.note}</span>}
              </span>
              <IconButton
                icon="edit"
                label={t('settings.editNamed', { name: dates(exception) })}
                onClick={() => setEditing(exception)}
              />
              <IconButton
                icon="remove"
                label={t('settings.removeNamed', { name: dates(exception) })}
                onClick={() => removeOne(exception)}
              />
            </li>
          ))}
        </ul>
      )}
      <ExceptionDialog
        resourceId={resourceId}
        today={data.today}
        opened={editing !== null}
        known={editing === 'new' ? null : editing}
        onClose={() => setEditing(null)}
      />
    </Section>
  );
}
