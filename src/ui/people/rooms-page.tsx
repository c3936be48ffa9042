'use client';

import { Alert, Autocomplete, Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { saveResourceInput } from '../../domain/resource.ts';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';

type Data = inferRouterOutputs<AppRouter>['people']['resources'];
type Row = Data['resources'][number];
type Kind = Row['kind'];
const schema = saveResourceInput.shape.resource;
const fieldsOf = ({ locationId, kind, type, name, isActive }: Row) => ({
  locationId,
  kind,
  type,
  name,
  isActive,
});

function ResourceForm(props: { known: Row | null; kind: Kind; data: Data; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { known, kind, data, onClose } = props;
  const same = data.resources.filter((row) => row.kind === kind);
  const saving = useMutation(trpc.people.saveResource.mutationOptions());
  const done = (words: string) => {
    void queries.invalidateQueries(trpc.people.pathFilter());
    void queries.invalidateQueries(trpc.hours.pathFilter());
    void queries.invalidateQueries(trpc.catalogue.pathFilter());
    toast(words);
    onClose();
  };
  const remove = useMutation(
    trpc.people.deleteResource.mutationOptions({
      onSuccess: () => done(t('settings.removed', { name: known?.name ?? '' })),
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
    }),
  );
  const edit = useEditForm({
    initial: known
      ? fieldsOf(known)
      : {
          locationId: data.locations[0]?.id ?? '',
          kind,
          type: same[0]?.type ?? '',
          name: '',
          isActive: true,
        },
    version: known?.version ?? null,
    latest: async () => {
      const options = trpc.people.resources.queryOptions();
      const { resources } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = resources.find(({ id }) => id === known?.id);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema,
    prefix: 'resource',
    save: (resource, version) => saving.mutateAsync({ resourceId: known?.id ?? null, version, resource }),
    onSaved: () => done(t('settings.saved')),
  });
  const { form } = edit;
  const location = data.locations.find(({ id }) => id === form.values.locationId);
  const types = [...same, ...data.wantedTypes.filter((wanted) => wanted.kind === kind)].map(
    ({ type }) => type,
  );
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput label={t('settings.name')} autoFocus maxLength={80} {...form.getInputProps('name')} />
      <Autocomplete
        label={t('people.type')}
        description={t('people.typeHint')}
        data={[...new Set(types)]}
        maxLength={60}
        comboboxProps={{ withinPortal: false }}
        {...form.getInputProps('type')}
      />
      {data.locations.length > 1 && (
        <NativeSelect
          label={t('people.location')}
          disabled={known !== null}
          data={data.locations.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('locationId')}
        />
      )}
      <Switch
        label={t('people.resourceActive')}
        description={t('settings.inUseHint')}
        {...form.getInputProps('isActive', { type: 'checkbox' })}
      />
      <DialogFoot
        edit={edit}
        onClose={onClose}
        zone={location?.timeZone ?? 'UTC'}
        aside={
          known !== null && (
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ resourceId: known.id })}
            >
              {t('settings.remove')}
            </Button>
          )
        }
      />
    </form>
  );
}

/** Rooms and devices by kind; small enough to be edited in a dialog. */
export function RoomsPage() {
  const t = useTranslations();
  const trpc = useTRPC();
  const query = useQuery(trpc.people.resources.queryOptions());
  const [open, setOpen] = useState<{ kind: Kind; known: Row | null } | null>(null);
  const words = {
    room: { title: t('people.rooms'), add: t('people.newRoom'), none: t('people.noRooms') },
    device: { title: t('people.devices'), add: t('people.newDevice'), none: t('people.noDevices') },
  };
  return (
    <>
      <PageHeader title={t('people.roomsTitle')} lead={t('people.roomsLead')} />
      <Answered query={query} shape="list" backHref="/today">
        {(data) => (
          <div className="flex flex-col gap-6">
            {data.wantedTypes.length > 0 && (
              <Alert color="yellow" icon={<Icon name="attention" />} title={t('people.wantedTitle')}>
                {t('people.wantedText', { types: data.wantedTypes.map(({ type }) => type).join(', ') })}
              </Alert>
            )}
            {(['room', 'device'] as const).map((kind) => {
              const rows = data.resources.filter((row) => row.kind === kind);
              return (
                <Section
                  key={kind}
                  title={words[kind].title}
                  actions={
                    <Button
                      size="xs"
                      variant="default"
                      leftSection={<Icon name="plus" size={16} />}
                      onClick={() => setOpen({ kind, known: null })}
                    >
                      {words[kind].add}
                    </Button>
                  }
                >
                  {rows.length === 0 && <p className="text-soft">{words[kind].none}</p>}
                  <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line empty:hidden">
                    {rows.map((row) => (
                      <li
                        key={row.id}
                        className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1"
                      >
                        <span className="min-w-40 flex-1">
                          <span className="block font-medium">{row.name}</span>
                          <span className="block text-sm text-soft">
                            {data.locations.length > 1 ? `${row.type} · ${row.locationName}` : row.type}
                          </span>
                        </span>
                        {!row.isActive && <StatusMark tone="neutral">{t('settings.off')}</StatusMark>}
                        <HistoryLink recordId={row.id} name={row.name} />
                        <IconButton
                          icon="edit"
                          label={t('settings.editNamed', { name: row.name })}
                          onClick={() => setOpen({ kind, known: row })}
                        />
                      </li>
                    ))}
                  </ul>
                </Section>
              );
            })}
            <Dialog
              opened={open !== null}
              onClose={() => setOpen(null)}
              title={open === null ? '' : (open.known?.name ?? words[open.kind].add)}
            >
              {open !== null && <ResourceForm {...open} data={data} onClose={() => setOpen(null)} />}
            </Dialog>
          </div>
        )}
      </Answered>
    </>
  );
}
