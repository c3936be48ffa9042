'use client';

import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { accessRuleFields } from '../../domain/clinic.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { FormFoot } from '../settings/form-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';

interface Rule {
  version: number;
  visitsGrantAccess: boolean;
}

const fieldsOf = ({ visitsGrantAccess }: Rule) => ({ visitsGrantAccess });

/** Whether a visit opens the client's card to its specialist, with what either answer means. */
export function AccessRuleForm({ clinic }: { clinic: Rule }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.clinic.saveAccessRule.mutationOptions());
  const edit = useEditForm({
    initial: fieldsOf(clinic),
    version: clinic.version,
    latest: async () => {
      const now = await queries.fetchQuery({ ...trpc.clinic.settings.queryOptions(), staleTime: 0 });
      return { version: now.clinic.version, values: fieldsOf(now.clinic) };
    },
    schema: accessRuleFields,
    prefix: 'rule',
    save: (rule, version) => saving.mutateAsync({ version: version ?? clinic.version, rule }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.clinic.pathFilter());
      toast(t('settings.saved'));
    },
  });
  const isOn = edit.form.values.visitsGrantAccess;
  return (
    <form onSubmit={edit.submit} noValidate>
      <Section title={t('access.ruleTitle')} lead={t('access.ruleLead')}>
        <Switch
          label={t('access.ruleSwitch')}
          description={t(isOn ? 'access.ruleOn' : 'access.ruleOff')}
          {...edit.form.getInputProps('visitsGrantAccess', { type: 'checkbox' })}
        />
        <FormFoot edit={edit} />
      </Section>
    </form>
  );
}
