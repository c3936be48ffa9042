'use client';

import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMessages, useTranslations } from 'next-intl';
import { importKinds } from '../../domain/import-kinds.ts';
import { importSettings, needsLocation } from '../../domain/import-settings.ts';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import { ColumnsField } from './columns-field.tsx';
import { DurationsField } from './durations-field.tsx';
import { FormatsField } from './formats-field.tsx';
import { PlaceField } from './place-field.tsx';
import type { ImportDetail } from './types.ts';

/** How the file is to be read. Everything is guessed already; the one action is to check it. */
export function SettingsForm({
  batch,
  onChecking,
  discard,
}: {
  batch: ImportDetail;
  onChecking: () => void;
  discard: () => void;
}) {
  const t = useTranslations('imports');
  const { imports: words } = useMessages();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.imports.pathKey() });
  const check = useMutation(trpc.imports.check.mutationOptions());
  const reshape = useMutation(
    trpc.imports.reshape.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const edit = useEditForm({
    initial: batch.settings,
    schema: importSettings,
    prefix: 'settings',
    save: (settings) => check.mutateAsync({ batchId: batch.id, settings }),
    onSaved: () => {
      onChecking();
      void refresh();
    },
  });
  const { form } = edit;
  const { kind } = form.values;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <Section>
        <Select
          className="max-w-xs"
          label={t('kind')}
          data={importKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          allowDeselect={false}
          disabled={reshape.isPending}
          // Another kind has other columns: the file is looked at anew, and the form with it.
          onChange={(value) =>
            reshape.mutate({ batchId: batch.id, kind: importKinds.find((each) => each === value) })
          }
        />
      </Section>
      <ColumnsField form={form} shape={batch.shape} words={words.fields} />
      <FormatsField form={form} batch={batch} />
      {needsLocation(kind) && <PlaceField form={form} locations={batch.locations} />}
      {(kind === 'bookings' || kind === 'services') && (
        <DurationsField form={form} names={batch.categories} />
      )}
      <Section title={t('moreTitle')}>
        <div className="flex max-w-xl flex-col gap-4">
          <TextInput
            label={t('origin')}
            description={t('originHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={60}
            {...form.getInputProps('origin')}
          />
          <TagsInput
            label={t('notPeople')}
            description={t('notPeopleHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('notPeople')}
          />
          {kind !== 'services' && kind !== 'products' && (
            <Switch
              label={t('createMissing')}
              {...form.getInputProps('createMissing', { type: 'checkbox' })}
            />
          )}
        </div>
      </Section>
      <div className="sticky bottom-16 z-10 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-page py-3 md:bottom-0">
        <Button variant="subtle" color="gray" onClick={discard}>
          {t('discard')}
        </Button>
        <div className="flex flex-wrap items-center gap-3">
          {edit.problem !== null && (
            <p role="alert" className="text-sm text-danger">
              {edit.problem}
            </p>
          )}
          <Button type="submit" loading={edit.pending}>
            {t('check')}
          </Button>
        </div>
      </div>
    </form>
  );
}
