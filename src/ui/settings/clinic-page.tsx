'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';
import { type ClinicInput, clinicFields } from '../../domain/clinic.ts';
import { localeNames } from '../../i18n/locales.ts';
import { AccessRuleForm } from '../access/access-rule-form.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { FormFoot } from './form-foot.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { LocationsSection } from './locations-section.tsx';
import { PolicyForm } from './policy-form.tsx';
import { Answered } from './query-states.tsx';
import { useEditForm } from './use-edit-form.ts';

export type Settings = inferRouterOutputs<AppRouter>['clinic']['settings'];

const isKnownLocale = (text: string): text is ClinicInput['defaultLocale'] => text === 'en' || text === 'ru';

const fieldsOf = ({ name, currency, defaultLocale, accentColor }: Settings['clinic']): ClinicInput => ({
  name,
  currency,
  defaultLocale: isKnownLocale(defaultLocale) ? defaultLocale : 'en',
  accentColor,
});

function IdentityForm({ clinic }: { clinic: Settings['clinic'] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const saving = useMutation(trpc.clinic.save.mutationOptions());
  const edit = useEditForm<ClinicInput, { version: number }>({
    initial: fieldsOf(clinic),
    version: clinic.version,
    latest: async () => {
      const now = await queries.fetchQuery({ ...trpc.clinic.settings.queryOptions(), staleTime: 0 });
      return { version: now.clinic.version, values: fieldsOf(now.clinic) };
    },
    schema: clinicFields,
    prefix: 'clinic',
    save: (values, version) => saving.mutateAsync({ version: version ?? clinic.version, clinic: values }),
    onSaved: () => {
      void queries.invalidateQueries();
      // The name and the colour stand in what the server renders.
      router.refresh();
      toast(t('settings.saved'));
    },
  });
  const { form } = edit;
  const colour = form.values.accentColor;
  return (
    <form onSubmit={edit.submit} noValidate>
      <Section title={t('settings.identity')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput label={t('settings.name')} maxLength={80} {...form.getInputProps('name')} />
          <NativeSelect
            label={t('settings.currency')}
            description={t('settings.currencyHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={Intl.supportedValuesOf('currency')}
            {...form.getInputProps('currency')}
          />
          <NativeSelect
            label={t('settings.language')}
            data={Object.entries(localeNames).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('defaultLocale')}
          />
          <TextInput
            label={t('settings.accent')}
            description={t('settings.accentHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder="#0f766e"
            maxLength={7}
            leftSection={
              <span
                aria-hidden="true"
                className="size-5 rounded-sm border border-line"
                style={{ backgroundColor: colour ?? 'var(--accent)' }}
              />
            }
            {...form.getInputProps('accentColor')}
            value={colour ?? ''}
            onChange={(event) => form.setFieldValue('accentColor', event.currentTarget.value || null)}
          />
        </div>
        <FormFoot edit={edit} />
      </Section>
    </form>
  );
}

/** The clinic, the rules of online booking, and its locations. */
export function ClinicPage() {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const settings = useQuery(trpc.clinic.settings.queryOptions());
  return (
    <div className="max-w-[58rem]">
      <PageHeader
        title={t('clinicTitle')}
        lead={t('clinicLead')}
        actions={
          settings.data !== undefined && (
            <HistoryLink recordId={settings.data.clinic.id} name={settings.data.clinic.name} />
          )
        }
      />
      <Answered query={settings} shape="form" backHref="/today">
        {({ clinic, locations }) => (
          <div className="flex flex-col gap-6">
            <IdentityForm clinic={clinic} />
            <PolicyForm policy={clinic.policy} version={clinic.policyVersion} />
            <AccessRuleForm clinic={clinic} />
            <LocationsSection locations={locations} />
          </div>
        )}
      </Answered>
    </div>
  );
}
