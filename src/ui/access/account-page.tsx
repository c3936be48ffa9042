'use client';

import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { BackLink } from '../kit/back-link.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { NotFoundState } from '../kit/states.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { useRoleName } from '../people/staff-roles.ts';
import { Answered } from '../settings/query-states.tsx';
import { HistoryLink } from '../trail/history-link.tsx';
import { useTRPC } from '../trpc/client.ts';
import { AccountActions } from './account-actions.tsx';
import { BlockedNote } from './block-dialog.tsx';
import { StaffPresence } from './presence.tsx';

const listHref = '/settings/people';

/** One account of the staff: what it may, where it is signed in, and the ways to end that. */
export function AccountPage(props: { accountId: string; ownAccountId: string; zone: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const roleName = useRoleName();
  const staff = useQuery(trpc.people.staff.queryOptions());
  return (
    <div className="max-w-[58rem]">
      <BackLink href={listHref}>{t('people.title')}</BackLink>
      <Answered query={staff} shape="form" backHref={listHref}>
        {({ accounts, roles }) => {
          const account = accounts.find(({ id }) => id === props.accountId);
          if (account === undefined) return <NotFoundState homeHref={listHref} />;
          return (
            <>
              <PageHeader
                title={
                  <span className="flex flex-wrap items-center gap-3">
                    {account.name}
                    {account.isBlocked && <StatusMark tone="danger">{t('people.blocked')}</StatusMark>}
                  </span>
                }
                lead={[
                  account.email,
                  account.roles.map(roleName).join(', '),
                  account.specialistName === null
                    ? ''
                    : t('people.linkedTo', { name: account.specialistName }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                actions={
                  <>
                    <HistoryLink recordId={account.id} name={account.name} />
                    {account.mayEdit && (
                      <AccountActions
                        account={account}
                        roles={roles}
                        isOwn={account.id === props.ownAccountId}
                      />
                    )}
                  </>
                }
              />
              {!account.mayEdit && (
                <Alert color="gray" mb="lg">
                  {t('access.beyondYou')}
                </Alert>
              )}
              <BlockedNote reason={account.blockedReason} />
              <StaffPresence accountId={account.id} zone={props.zone} />
            </>
          );
        }}
      </Answered>
    </div>
  );
}
