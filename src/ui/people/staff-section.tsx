'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { Icon } from '../kit/icons.tsx';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { CreateAccountDialog, EditAccountDialog } from './account-dialogs.tsx';
import { type StaffAccount, useRoleName } from './staff-roles.ts';

export function StaffSection() {
  const t = useTranslations();
  const trpc = useTRPC();
  const roleName = useRoleName();
  const staff = useQuery(trpc.people.staff.queryOptions());
  const [open, setOpen] = useState<StaffAccount | 'new' | null>(null);
  return (
    <Section
      title={t('people.staff')}
      lead={t('people.staffLead')}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpen('new')}
        >
          {t('people.newAccount')}
        </Button>
      }
    >
      <Answered query={staff} shape="list" backHref="/today">
        {({ accounts, roles }) => (
          <>
            <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
              {accounts.map((account) => (
                <li key={account.id} className="flex min-h-14 items-center gap-x-2 px-4 py-2">
                  <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">
                    <span className="min-w-44 flex-1">
                      <Link
                        href={`/settings/people/accounts/${account.id}`}
                        className="block font-medium text-ink underline-offset-4 hover:underline"
                      >
                        {account.name}
                      </Link>
                      <span className="block text-sm break-all text-soft">{account.email}</span>
                    </span>
                    <span className="text-sm">
                      {account.roles.map(roleName).join(', ')}
                      {account.specialistName !== null && (
                        <span className="block text-soft">
                          {t('people.linkedTo', { name: account.specialistName })}
                        </span>
                      )}
                    </span>
                    {account.isBlocked && <StatusMark tone="danger">{t('people.blocked')}</StatusMark>}
                  </div>
                  {account.mayEdit && (
                    <IconButton
                      icon="edit"
                      label={t('settings.editNamed', { name: account.name })}
                      onClick={() => setOpen(account)}
                    />
                  )}
                </li>
              ))}
            </ul>
            <CreateAccountDialog opened={open === 'new'} onClose={() => setOpen(null)} roles={roles} />
            <EditAccountDialog
              account={open === 'new' ? null : open}
              onClose={() => setOpen(null)}
              roles={roles}
            />
          </>
        )}
      </Answered>
    </Section>
  );
}
