'use client';

import { Autocomplete, Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saveLocationInput } from '../../domain/location.ts';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import type { Settings } from './clinic-page.tsx';
import { DialogFoot } from './dialog-foot.tsx';
import { useEditForm } from './use-edit-form.ts';

type Location = Settings['locations'][number];
const schema = saveLocationInput.shape.location;
const fieldsOf = ({ name, timeZone, address, phone, isActive }: Location) => ({
  name,
  timeZone,
  address,
  phone,
  isActive,
});

function LocationForm({ known, onClose }: { known: Location | null; onClose: () => void }) {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const saving = useMutation(trpc.clinic.saveLocation.mutationOptions());
  const done = (words: string) => {
    void queries.invalidateQueries();
    toast(words);
    onClose();
  };
  const remove = useMutation(
    trpc.clinic.deleteLocation.mutationOptions({
      onSuccess: () => done(t('removed', { name: known?.name ?? '' })),
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const edit = useEditForm({
    initial: known
      ? fieldsOf(known)
      : {
          name: '',
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          address: null,
          phone: null,
          isActive: true,
        },
    version: known?.version ?? null,
    latest: async () => {
      const now = await queries.fetchQuery({ ...trpc.clinic.settings.queryOptions(), staleTime: 0 });
      const location = now.locations.find(({ id }) => id === known?.id);
      return location ? { version: location.version, values: fieldsOf(location) } : null;
    },
    schema,
    prefix: 'location',
    save: (location, version) => saving.mutateAsync({ locationId: known?.id ?? null, version, location }),
    onSaved: () => done(t('saved')),
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput label={t('name')} autoFocus maxLength={80} {...form.getInputProps('name')} />
      <Autocomplete
        label={t('timeZone')}
        data={Intl.supportedValuesOf('timeZone')}
        limit={40}
        maxLength={60}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={180}
        {...form.getInputProps('timeZone')}
      />
      <TextInput
        label={t('address')}
        autoComplete="street-address"
        maxLength={300}
        {...form.getInputProps('address')}
        value={form.values.address ?? ''}
      />
      <TextInput
        type="tel"
        label={t('phone')}
        maxLength={40}
        {...form.getInputProps('phone')}
        value={form.values.phone ?? ''}
      />
      <div>
        <Switch
          label={t('isActive')}
          description={t('inUseHint')}
          {...form.getInputProps('isActive', { type: 'checkbox' })}
        />
      </div>
      <DialogFoot
        edit={edit}
        onClose={onClose}
        aside={
          known !== null && (
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ locationId: known.id })}
            >
              {t('remove')}
            </Button>
          )
        }
      />
    </form>
  );
}

export function LocationsSection({ locations }: { locations: readonly Location[] }) {
  const t = useTranslations('settings');
  const [open, setOpen] = useState<Location | 'new' | null>(null);
  return (
    <Section
      title={t('locations')}
      lead={t('locationsLead')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpen('new')}
        >
          {t('addLocation')}
        </Button>
      }
    >
      <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
        {locations.map((location) => (
          <li key={location.id} className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1">
            <span className="min-w-44 flex-1">
              <span className="block font-medium">{location.name}</span>
              <span className="block text-sm text-soft">
                {[location.address, location.timeZone].filter(Boolean).join(' · ')}
              </span>
            </span>
            {!location.isActive && <StatusMark tone="neutral">{t('off')}</StatusMark>}
            <HistoryLink recordId={location.id} name={location.name} />
            <IconButton
              icon="edit"
              label={t('editNamed', { name: location.name })}
              onClick={() => setOpen(location)}
            />
          </li>
        ))}
      </ul>
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'new' ? t('addLocation') : t('editLocation')}
      >
        <LocationForm known={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      </Dialog>
    </Section>
  );
}
