'use client';

import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AppRouter } from '../../api/root.ts';
import type { Right } from '../../domain/access/actor.ts';
import { type RoleFields, roleFields } from '../../domain/role.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useRoleName } from '../people/staff-roles.ts';
import { FormFoot } from '../settings/form-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { RightsField } from './rights-field.tsx';

export type RoleRow = inferRouterOutputs<AppRouter>['roles']['list'][number];

const listHref = '/settings/roles';
const fieldsOf = ({ name, rights }: RoleRow): RoleFields => ({ name, rights });

/** Why a role is as it is, where nothing about it can be changed here. */
function useFixedReason(): (role: RoleRow) => string | null {
  const t = useTranslations('access.explain');
  return ({ key, mayEdit }) => {
    if (key === 'administrator' || key === 'client') return t(key);
    return mayEdit ? null : t('beyond');
  };
}

export function RoleForm({ known: role, ownRights }: { known: RoleRow | null; ownRights: readonly Right[] }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const roleName = useRoleName();
  const fixedReason = useFixedReason();
  const saving = useMutation(trpc.roles.save.mutationOptions());
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.roles.pathFilter()),
      queries.invalidateQueries(trpc.people.pathFilter()),
    ]);
  const edit = useEditForm<RoleFields, { roleId: string; version: number }>({
    initial: role === null ? { name: '', rights: [] } : fieldsOf(role),
    version: role?.version ?? null,
    latest: async () => {
      const rows = await queries.fetchQuery({ ...trpc.roles.list.queryOptions(), staleTime: 0 });
      const now = rows.find(({ id }) => id === role?.id);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema: roleFields,
    prefix: 'role',
    save: (values, version) => saving.mutateAsync({ roleId: role?.id ?? null, version, role: values }),
    onSaved: ({ roleId }) => {
      void refresh();
      // One's own rights may be others now.
      router.refresh();
      toast(t('roleSaved'));
      if (role === null) router.replace(`${listHref}/${roleId}`);
    },
  });
  const { form } = edit;
  const isNew = role === null;
  const why = isNew ? null : fixedReason(role);
  const readOnly = why !== null;
  return (
    <form onSubmit={edit.submit} noValidate>
      <PageHeader
        title={isNew ? t('newRole') : roleName({ key: role.key, name: form.values.name || role.name })}
        actions={
          !isNew && (
            <>
              <HistoryLink recordId={role.id} name={roleName(role)} />
              {!role.isShipped && role.mayEdit && <RemoveRole known={role} onRemoved={refresh} />}
            </>
          )
        }
      />
      <div className="flex flex-col gap-6">
        {why !== null && <Alert color="gray">{why}</Alert>}
        {!isNew && role.key === 'specialist' && !readOnly && (
          <Alert color="gray">{t('explain.specialist')}</Alert>
        )}
        {!readOnly && (
          <Section>
            <TextInput
              label={t('roleName')}
              description={!isNew && role.isShipped ? t('roleNameShipped') : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={60}
              className="max-w-md"
              {...form.getInputProps('name')}
              value={!isNew && role.isShipped ? roleName(role) : form.values.name}
              disabled={!isNew && role.isShipped}
            />
          </Section>
        )}
        <RightsField
          value={form.values.rights}
          ownRights={ownRights}
          readOnly={readOnly}
          error={form.errors.rights}
          onChange={(rights) => form.setFieldValue('rights', rights)}
        />
      </div>
      {!readOnly && <FormFoot edit={edit} />}
    </form>
  );
}

function RemoveRole({ known: role, onRemoved }: { known: RoleRow; onRemoved: () => Promise<unknown> }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const problemText = useProblemText();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.roles.delete.mutationOptions({
      onSuccess: () => {
        void onRemoved();
        toast(t('settings.removed', { name: role.name }));
        router.replace(listHref);
      },
      onError: (error) => {
        setAsking(false);
        toast(problemText(error), { tone: 'danger' });
      },
    }),
  );
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('access.deleteRole')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ roleId: role.id })}
        title={t('access.deleteTitle', { name: role.name })}
        losses={[t('access.deleteLoss', { name: role.name })]}
        confirmLabel={t('access.deleteRole')}
        pending={remove.isPending}
      />
    </>
  );
}
