'use client';

import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { anySpecialistRules, type PolicyInput, policyFields, startAlignments } from '../../domain/clinic.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { FormFoot } from './form-foot.tsx';
import { useTRPC } from '../trpc/client.ts';
import { WholeInput } from './number-fields.tsx';
import { TimeField } from './time-field.tsx';
import { useEditForm } from './use-edit-form.ts';

const inputFirst: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

/** The rules of online booking. */
export function PolicyForm({ policy, version }: { policy: PolicyInput; version: number }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.clinic.savePolicy.mutationOptions());
  const edit = useEditForm<PolicyInput, { version: number }>({
    initial: policy,
    version,
    latest: async () => {
      const { clinic } = await queries.fetchQuery({ ...trpc.clinic.settings.queryOptions(), staleTime: 0 });
      return { version: clinic.policyVersion, values: clinic.policy };
    },
    schema: policyFields,
    prefix: 'policy',
    save: (values, read) => saving.mutateAsync({ version: read ?? version, policy: values }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.clinic.pathFilter());
      toast(t('settings.saved'));
    },
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate>
      <Section title={t('settings.policy')} lead={t('settings.policyLead')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <WholeInput label={t('settings.slotStep')} step={5} {...form.getInputProps('slotStepMinutes')} />
          <NativeSelect
            label={t('settings.alignment')}
            data={startAlignments.map((value) => ({ value, label: t(`settings.alignments.${value}`) }))}
            {...form.getInputProps('startAlignment')}
          />
          <WholeInput
            label={t('settings.noCrumbs')}
            description={t('settings.noCrumbsHint')}
            inputWrapperOrder={inputFirst}
            step={5}
            {...form.getInputProps('noCrumbsMinutes')}
          />
          <WholeInput label={t('settings.holdMinutes')} {...form.getInputProps('holdMinutes')} />
          <WholeInput label={t('settings.minNotice')} step={15} {...form.getInputProps('minNoticeMinutes')} />
          <WholeInput label={t('settings.horizon')} {...form.getInputProps('horizonDays')} />
          <TimeField<null>
            label={t('settings.cutoff')}
            description={t('settings.cutoffHint')}
            whenEmpty={null}
            value={form.values.sameDayCutoffMinute}
            error={form.errors.sameDayCutoffMinute}
            onChange={(minute) => form.setFieldValue('sameDayCutoffMinute', minute)}
          />
          <WholeInput label={t('settings.maxUpcoming')} {...form.getInputProps('maxUpcomingPerClient')} />
          <WholeInput
            label={t('settings.cancelWindow')}
            step={60}
            {...form.getInputProps('cancelWindowMinutes')}
          />
          <NativeSelect
            label={t('settings.anyRule')}
            data={anySpecialistRules.map((value) => ({ value, label: t(`settings.anyRules.${value}`) }))}
            {...form.getInputProps('anySpecialistRule')}
          />
        </div>
        <FormFoot edit={edit} />
      </Section>
    </form>
  );
}
