'use client';

import { Button } from '@mantine/core';
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
import { HistoryLink } from '../trail/history-link.tsx';
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
  const [removing, setRemoving] = useState(false);
  const saving = useMutation(trpc.catalogue.saveService.mutationOptions());
  const refresh = () => queries.invalidateQueries(trpc.catalogue.pathFilter());
  const edit = useEditForm<ServiceFields, { serviceId: string; version: number }>({
    initial: known.service,
    version: known.version,
    latest: async () => {
      const options = trpc.catalogue.service.queryOptions({ serviceId: serviceId ?? '' });
      const now = await queries.fetchQuery({ ...options, staleTime: 0 });
      return { version: now.version, values: now.service };
    },
    schema: serviceFields,
    prefix: 'service',
    save: (service, version) => saving.mutateAsync({ serviceId, version, service }),
    onSaved: (saved) => {
      void refresh();
      toast(t('settings.saved'));
      if (serviceId === null) router.replace(`${listHref}/${saved.serviceId}`);
      // New techniques have got their ids.
      else void edit.reload();
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

  return (
    <form onSubmit={edit.submit} noValidate className="max-w-[58rem]">
      <PageHeader
        title={form.values.name || t('catalogue.serviceNew')}
        actions={
          serviceId !== null && (
            <>
              <HistoryLink recordId={serviceId} name={form.values.name} />
              <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {t('settings.remove')}
              </Button>
            </>
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
