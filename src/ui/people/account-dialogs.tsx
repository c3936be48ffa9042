'use client';

import { Button, Checkbox, PasswordInput, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createStaffInput, resetPasswordInput, staffFields } from '../../domain/staff-account.ts';
import { Dialog } from '../kit/dialog.tsx';
import { toast } from '../kit/toasts.ts';
import { DialogFoot } from '../settings/dialog-foot.tsx';
import { useEditForm } from '../settings/use-edit-form.ts';
import { useTRPC } from '../trpc/client.ts';
import { type StaffAccount, type StaffRole, useRoleName } from './staff-roles.ts';

function RoleChoice(props: {
  roles: readonly StaffRole[];
  value: readonly string[];
  onChange: (roleIds: string[]) => void;
  error: React.ReactNode;
}) {
  const t = useTranslations('people');
  const roleName = useRoleName();
  return (
    <Checkbox.Group label={t('roles')} value={[...props.value]} onChange={props.onChange} error={props.error}>
      <div className="mt-1 flex flex-wrap gap-x-5 gap-y-2">
        {props.roles.map((role) => (
          // Nobody gives rights they don't have.
          <Checkbox key={role.id} value={role.id} label={roleName(role)} disabled={!role.mayGive} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function CreateForm({ roles, onClose }: { roles: readonly StaffRole[]; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.people.createStaff.mutationOptions());
  const edit = useEditForm({
    initial: { name: '', email: '', roleIds: [] as string[], password: '' },
    schema: createStaffInput,
    save: (values) => saving.mutateAsync(values),
    onSaved: (_, { name }) => {
      void queries.invalidateQueries(trpc.people.pathFilter());
      toast(t('people.accountMade', { name }));
      onClose();
    },
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <TextInput label={t('people.name')} autoFocus maxLength={80} {...form.getInputProps('name')} />
      <TextInput
        type="email"
        label={t('people.email')}
        autoComplete="off"
        maxLength={254}
        {...form.getInputProps('email')}
      />
      <RoleChoice
        roles={roles}
        value={form.values.roleIds}
        error={form.errors.roleIds}
        onChange={(roleIds) => form.setFieldValue('roleIds', roleIds)}
      />
      <PasswordInput
        label={t('people.password')}
        description={t('people.passwordHint')}
        autoComplete="new-password"
        maxLength={256}
        {...form.getInputProps('password')}
      />
      <DialogFoot edit={edit} onClose={onClose} action={t('settings.add')} />
    </form>
  );
}

export function CreateAccountDialog(props: {
  opened: boolean;
  onClose: () => void;
  roles: readonly StaffRole[];
}) {
  const t = useTranslations('people');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('newAccount')}>
      <CreateForm roles={props.roles} onClose={props.onClose} />
    </Dialog>
  );
}

const fieldsOf = ({ name, roles, isBlocked, blockedReason }: StaffAccount) => ({
  name,
  roleIds: roles.map(({ id }) => id),
  isBlocked,
  blockedReason,
});

function EditForm(props: {
  account: StaffAccount;
  roles: readonly StaffRole[];
  onClose: () => void;
  onPassword: () => void;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saving = useMutation(trpc.people.updateStaff.mutationOptions());
  const { account, onClose } = props;
  const edit = useEditForm({
    initial: fieldsOf(account),
    version: account.version,
    latest: async () => {
      const options = trpc.people.staff.queryOptions();
      const { accounts } = await queries.fetchQuery({ ...options, staleTime: 0 });
      const now = accounts.find(({ id }) => id === account.id);
      return now ? { version: now.version, values: fieldsOf(now) } : null;
    },
    schema: staffFields,
    save: (values, version) =>
      saving.mutateAsync({ accountId: account.id, version: version ?? account.version, ...values }),
    onSaved: () => {
      void queries.invalidateQueries(trpc.people.pathFilter());
      toast(t('settings.saved'));
      onClose();
    },
  });
  const { form } = edit;
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <p className="break-all text-soft">{account.email}</p>
      <TextInput label={t('people.name')} autoFocus maxLength={80} {...form.getInputProps('name')} />
      <RoleChoice
        roles={props.roles}
        value={form.values.roleIds}
        error={form.errors.roleIds}
        onChange={(roleIds) => form.setFieldValue('roleIds', roleIds)}
      />
      <Switch
        label={t('people.isBlocked')}
        description={t('people.isBlockedHint')}
        {...form.getInputProps('isBlocked', { type: 'checkbox' })}
      />
      {form.values.isBlocked && (
        <TextInput
          label={t('access.blockReason')}
          description={t('access.blockReasonHint')}
          maxLength={300}
          {...form.getInputProps('blockedReason')}
          value={form.values.blockedReason ?? ''}
        />
      )}
      <DialogFoot
        edit={edit}
        onClose={onClose}
        aside={
          <Button variant="subtle" color="gray" onClick={props.onPassword}>
            {t('people.resetPassword')}
          </Button>
        }
      />
    </form>
  );
}

function PasswordForm({ account, onClose }: { account: StaffAccount; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const saving = useMutation(trpc.people.resetPassword.mutationOptions());
  const edit = useEditForm({
    initial: { accountId: account.id, password: '', withFactor: false },
    schema: resetPasswordInput,
    save: (values) => saving.mutateAsync(values),
    onSaved: () => {
      toast(t('people.passwordGiven', { name: account.name }));
      onClose();
    },
  });
  return (
    <form onSubmit={edit.submit} noValidate className="flex flex-col gap-4">
      <PasswordInput
        label={t('people.newPassword')}
        description={t('people.newPasswordHint')}
        autoComplete="new-password"
        autoFocus
        maxLength={256}
        {...edit.form.getInputProps('password')}
      />
      <Checkbox
        label={t('people.withFactor')}
        description={t('people.withFactorHint')}
        {...edit.form.getInputProps('withFactor', { type: 'checkbox' })}
      />
      <DialogFoot edit={edit} onClose={onClose} />
    </form>
  );
}

export function EditAccountDialog(props: {
  account: StaffAccount | null;
  onClose: () => void;
  roles: readonly StaffRole[];
}) {
  const t = useTranslations('people');
  const [isPassword, setPassword] = useState(false);
  const { account } = props;
  const close = () => {
    setPassword(false);
    props.onClose();
  };
  return (
    <Dialog
      opened={account !== null}
      onClose={close}
      title={isPassword ? t('resetPassword') : t('editAccount')}
    >
      {account !== null &&
        (isPassword ? (
          <PasswordForm account={account} onClose={close} />
        ) : (
          <EditForm
            account={account}
            roles={props.roles}
            onClose={close}
            onPassword={() => setPassword(true)}
          />
        ))}
    </Dialog>
  );
}
