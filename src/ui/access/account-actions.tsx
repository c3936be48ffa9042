'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { EditAccountDialog } from '../people/account-dialogs.tsx';
import type { StaffAccount, StaffRole } from '../people/staff-roles.ts';
import { useTRPC } from '../trpc/client.ts';
import { BlockDialog } from './block-dialog.tsx';

/** Changing the account, and shutting its person out at once. */
export function AccountActions(props: {
  account: StaffAccount;
  roles: readonly StaffRole[];
  isOwn: boolean;
}) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [open, setOpen] = useState<'edit' | 'block' | null>(null);
  const { account } = props;
  const update = useMutation(
    trpc.people.updateStaff.mutationOptions({
      onSuccess: (_, { isBlocked }) => {
        const words = isBlocked ? 'access.personBlocked' : 'access.personUnblocked';
        toast(t(words, { name: account.name }));
      },
      onError: (error) => toast(problemText(error), { tone: 'danger' }),
      onSettled: () => {
        setOpen(null);
        return queries.invalidateQueries(trpc.people.pathFilter());
      },
    }),
  );
  const setBlocked = (isBlocked: boolean, blockedReason: string | null) =>
    update.mutate({
      accountId: account.id,
      version: account.version,
      name: account.name,
      roleIds: account.roles.map(({ id }) => id),
      isBlocked,
      blockedReason,
    });
  return (
    <>
      <Button variant="default" onClick={() => setOpen('edit')}>
        {t('settings.edit')}
      </Button>
      {account.isBlocked ? (
        <Button variant="default" loading={update.isPending} onClick={() => setBlocked(false, null)}>
          {t('access.unblockPerson')}
        </Button>
      ) : (
        !props.isOwn && (
          <Button variant="light" color="red" onClick={() => setOpen('block')}>
            {t('access.blockPerson')}
          </Button>
        )
      )}
      <EditAccountDialog
        account={open === 'edit' ? account : null}
        onClose={() => setOpen(null)}
        roles={props.roles}
      />
      <BlockDialog
        name={account.name}
        opened={open === 'block'}
        pending={update.isPending}
        onClose={() => setOpen(null)}
        onBlock={(reason) => setBlocked(true, reason)}
      />
    </>
  );
}
