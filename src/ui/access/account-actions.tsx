'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useProblemText } from '../kit/refusal-text.ts';
import { toast } from '../kit/toasts.ts';
import { EditAccountDialog } from '../people/account-dialogs.tsx';
import type { StaffAccount, StaffRole } from '../people/staff-roles.ts';
import { useTRPC } from '../trpc/client.ts';

/** Changing the account, and shutting its person out at once: a question first, because work may be going on. */
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
  const setBlocked = (isBlocked: boolean) =>
    update.mutate({
      accountId: account.id,
      version: account.version,
      name: account.name,
      roleIds: account.roles.map(({ id }) => id),
      isBlocked,
    });
  return (
    <>
      <Button variant="default" onClick={() => setOpen('edit')}>
        {t('settings.edit')}
      </Button>
      {account.isBlocked ? (
        <Button variant="default" loading={update.isPending} onClick={() => setBlocked(false)}>
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
      <Dialog
        opened={open === 'block'}
        onClose={() => setOpen(null)}
        title={t('access.blockTitle', { name: account.name })}
      >
        <p className="text-soft">{t('access.blockText', { name: account.name })}</p>
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button variant="default" onClick={() => setOpen(null)} autoFocus>
            {t('shell.cancel')}
          </Button>
          <Button color="red" loading={update.isPending} onClick={() => setBlocked(true)}>
            {t('access.blockPerson')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
