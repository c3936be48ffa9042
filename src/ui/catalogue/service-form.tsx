'use client';

import { Alert, Button } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import { type ServiceFields, serviceFields } from '../../domain/service.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { useShortcut } from '../kit/shortcuts.tsx';
import { toast } from '../kit/toasts.ts';
import { useEditForm } from '../settings/use-edit-form.ts';
import { FormFoot } from '../settings/form-foot.tsx';
import { useTRPC } from '../trpc/client.ts';
import { PrerequisitesField } from './prerequisites-field.tsx';
import { NeedsSection } from './needs-field.tsx';
import { ServiceBasics } from './service-basics.tsx';
import { ServiceTime } from './service-time.tsx';
import { TechniquesField } from './techniques-field.tsx';
import { WhoDoesIt } from './who-does-it.tsx';

type Outputs = inferRouterOutputs<AppRouter>['catalogue'];
export type CatalogueChoices = Outputs['list'];
export type ServiceFormApi = UseFormReturnType<ServiceFields>;
type Known = Omit<Outputs['service'], 'serviceId' | 'version'> & {
  serviceId: string | null;
  version: number | null;
};

const listHref = '/settings/catalogue';

export function ServiceForm({ known, choices }: { known: Known; choices: CatalogueChoices }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const { serviceId } = known;
  const [version, setVersion] = useState(known.version);
  const [removing, setRemoving] = useState(false);
  const saving = useMutation(trpc.catalogue.saveService.mutationOptions());
  const refresh = () => queries.invalidateQueries(trpc.catalogue.pathFilter());
  const edit = useEditForm<ServiceFields, { serviceId: string; version: number }>({
    initial: known.service,
    schema: serviceFields,
    prefix: 'service',
    save: (service) => saving.mutateAsync({ serviceId, version, service }),
    onSaved: (saved) => {
      setVersion(saved.version);
      void refresh();
      toast(t('settings.saved'));
      if (serviceId === null) router.replace(`${listHref}/${saved.serviceId}`);
      else void reload();
    },
  });
  const { form } = edit;
  const remove = useMutation(
    trpc.catalogue.deleteService.mutationOptions({
      onSuccess: () => {
        void refresh();
        toast(t('settings.removed', { name: known.service.name }));
        router.replace(listHref);
      },
      onError: (error) => {
        setRemoving(false);
        toast(problemText(error), { tone: 'danger' });
      },
    }),
  );
  useShortcut({ keys: 'Escape', label: t('settings.backToList') }, () => router.push(listHref), !edit.dirty);

  /** The service as it is on the server now; what was typed is kept unless it is to be replaced. */
  async function latest() {
    const options = trpc.catalogue.service.queryOptions({ serviceId: serviceId ?? '' });
    return queries.fetchQuery({ ...options, staleTime: 0 });
  }
  async function reload() {
    const now = await latest();
    setVersion(now.version);
    // New techniques have got their ids.
    form.setValues(now.service);
    form.resetDirty(now.service);
    form.clearErrors();
  }
  async function takeTheirs() {
    edit.discard();
    await reload();
  }
  async function keepMine() {
    const now = await latest();
    setVersion(now.version);
    edit.forget();
  }

  return (
    <form onSubmit={edit.submit} noValidate className="max-w-[58rem]">
      <PageHeader
        title={form.values.name || t('catalogue.serviceNew')}
        actions={
          serviceId !== null && (
            <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
              {t('settings.remove')}
            </Button>
          )
        }
      />
      <div className="flex flex-col gap-6">
        <ServiceBasics form={form} categories={choices.categories} />
        <ServiceTime form={form} currency={choices.currency} />
        <NeedsSection form={form} types={choices.resourceTypes} />
        <TechniquesField form={form} currency={choices.currency} types={choices.resourceTypes} />
        <PrerequisitesField form={form} categories={choices.categories} serviceId={serviceId} />
        {serviceId !== null && <WhoDoesIt specialists={known.specialists} currency={choices.currency} />}
      </div>
      {edit.refusal?.code === 'stale' && (
        <Alert color="yellow" mt="lg" title={t('settings.staleTitle')}>
          <p>{t('settings.staleText')}</p>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="xs" variant="default" onClick={() => void takeTheirs()}>
              {t('settings.takeTheirs')}
            </Button>
            <Button size="xs" onClick={() => void keepMine()}>
              {t('settings.keepMine')}
            </Button>
          </div>
        </Alert>
      )}
      <FormFoot edit={edit} />
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => serviceId !== null && remove.mutate({ serviceId })}
        title={t('catalogue.deleteTitle', { name: known.service.name })}
        losses={[t('catalogue.deleteLoss')]}
        confirmLabel={t('settings.remove')}
        pending={remove.isPending}
      />
    </form>
  );
}
