'use client';

import { Alert, Button, Checkbox, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { type SpecialistFields, specialistFields } from '../../domain/specialist.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { useShortcut } from '../kit/shortcuts.tsx';
import { toast } from '../kit/toasts.ts';
import { HuePicker } from '../settings/hue-picker.tsx';
import { OptionalWholeInput } from '../settings/number-fields.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { VisitsList } from '../settings/visits-list.tsx';
import { FormFoot } from '../settings/form-foot.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { OffersField } from './offers-field.tsx';

export type SpecialistChoices = inferRouterOutputs<AppRouter>['people']['choices'];
export type SpecialistFormApi = UseFormReturnType<SpecialistFields>;
const listHref = '/settings/people';

function PersonFields(props: {
  form: SpecialistFormApi;
  choices: SpecialistChoices;
  specialistId: string | null;
}) {
  const t = useTranslations('people');
  const { form, choices, specialistId } = props;
  const isElsewhere = (owner: string | null): boolean => owner !== null && owner !== specialistId;
  return (
    <Section title={t('basics')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput label={t('name')} required maxLength={80} {...form.getInputProps('name')} />
        <TextInput
          label={t('personTitle')}
          description={t('titleHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={80}
          {...form.getInputProps('title')}
          value={form.values.title ?? ''}
        />
        <Textarea
          className="sm:col-span-2"
          label={t('bio')}
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps('bio')}
          value={form.values.bio ?? ''}
        />
        <NativeSelect
          label={t('home')}
          description={t('homeHint')}
          disabled={specialistId !== null}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={choices.locations.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('locationId')}
        />
        <OptionalWholeInput
          label={t('maxPerDay')}
          description={t('maxPerDayHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('maxPerDay')}
        />
        <NativeSelect
          label={t('account')}
          data={[
            { value: '', label: t('accountNone') },
            ...choices.accounts.map(({ id, name, email, specialistId: owner }) => ({
              value: id,
              label: isElsewhere(owner) ? t('accountTaken', { name }) : `${name} · ${email}`,
              disabled: isElsewhere(owner),
            })),
          ]}
          {...form.getInputProps('accountId')}
          disabled={!choices.givesSight}
          description={choices.givesSight ? undefined : t('sightNeeded')}
          value={form.values.accountId ?? ''}
          onChange={(event) => form.setFieldValue('accountId', event.currentTarget.value || null)}
        />
        <HuePicker
          label={t('colour')}
          value={form.values.hue}
          onChange={(hue) => form.setFieldValue('hue', hue)}
        />
        <Switch label={t('isOnline')} {...form.getInputProps('isOnline', { type: 'checkbox' })} />
        <Switch
          label={t('isActive')}
          description={t('isActiveHint')}
          {...form.getInputProps('isActive', { type: 'checkbox' })}
        />
        {choices.tags.length > 0 && (
          <Checkbox.Group
            className="sm:col-span-2"
            label={t('tags')}
            description={t('tagsHint')}
            value={form.values.tagIds}
            onChange={(tagIds) => form.setFieldValue('tagIds', tagIds)}
          >
            <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
              {choices.tags.map(({ id, name }) => (
                <Checkbox key={id} value={id} label={name} disabled={!choices.givesSight} />
              ))}
            </div>
          </Checkbox.Group>
        )}
      </div>
    </Section>
  );
}

export function SpecialistForm(props: {
  specialistId: string | null;
  version: number | null;
  initial: SpecialistFields;
  choices: SpecialistChoices;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { specialistId, choices } = props;
  const [removing, setRemoving] = useState(false);
  const saving = useMutation(trpc.people.saveSpecialist.mutationOptions());
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.people.pathFilter()),
      queries.invalidateQueries(trpc.hours.pathFilter()),
      queries.invalidateQueries(trpc.catalogue.pathFilter()),
    ]);
  const edit = useEditForm<SpecialistFields, { specialistId: string; version: number }>({
    initial: props.initial,
    version: props.version,
    latest: async () => {
      const options = trpc.people.specialist.queryOptions({ specialistId: specialistId ?? '' });
      const now = await queries.fetchQuery({ ...options, staleTime: 0 });
      return { version: now.version, values: now.specialist };
    },
    schema: specialistFields,
    prefix: 'specialist',
    save: (specialist, version) => saving.mutateAsync({ specialistId, version, specialist }),
    onSaved: (saved) => {
      void refresh();
      toast(t('settings.saved'));
      if (specialistId === null) router.replace(`${listHref}/${saved.specialistId}`);
    },
  });
  const { form } = edit;
  const remove = useMutation(
    trpc.people.deleteSpecialist.mutationOptions({
      onSuccess: () => {
        void refresh();
        toast(t('settings.removed', { name: props.initial.name }));
        router.replace(listHref);
      },
      onError: (error) => {
        setRemoving(false);
        toast(problemText(error), { tone: 'danger' });
      },
    }),
  );
  useShortcut({ keys: 'Escape', label: t('settings.backToList') }, () => router.push(listHref), !edit.dirty);
  return (
    <form onSubmit={edit.submit} noValidate className="max-w-[58rem]">
      <PageHeader
        title={form.values.name || t('people.newSpecialist')}
        actions={
          specialistId !== null && (
            <>
              <HistoryLink recordId={specialistId} name={props.initial.name} />
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {t('settings.remove')}
              </Button>
            </>
          )
        }
      />
      <div className="flex flex-col gap-6">
        <PersonFields form={form} choices={choices} specialistId={specialistId} />
        <OffersField form={form} choices={choices} />
      </div>
      {edit.refusal?.code === 'visits_in_the_way' && (
        <Alert color="yellow" mt="lg" title={edit.problem}>
          <VisitsList visits={edit.refusal.visits} total={edit.refusal.total} zone={choices.timeZone} />
        </Alert>
      )}
      <FormFoot edit={edit} />
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => specialistId !== null && remove.mutate({ specialistId })}
        title={t('people.deleteTitle', { name: props.initial.name })}
        losses={[t('people.deleteLoss', { name: props.initial.name })]}
        confirmLabel={t('settings.remove')}
        pending={remove.isPending}
      />
    </form>
  );
}
