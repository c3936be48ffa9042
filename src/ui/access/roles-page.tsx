'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { Section } from '../kit/section.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { useRoleName } from '../people/staff-roles.ts';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';

/** Every role with how much it may and how many hold it. */
export function RolesPage({ mayEdit }: { mayEdit: boolean }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const roleName = useRoleName();
  const roles = useQuery(trpc.roles.list.queryOptions());
  return (
    <div className="max-w-[58rem]">
      <PageHeader
        title={t('rolesTitle')}
        lead={mayEdit ? t('rolesLead') : `${t('rolesLead')} ${t('onlyRead')}`}
        actions={
          mayEdit && (
            <Button component={Link} href="/settings/roles/new" leftSection={<Icon name="plus" size={18} />}>
              {t('newRole')}
            </Button>
          )
        }
      />
      <Section>
        <Answered query={roles} shape="list" backHref="/today">
          {(rows) => (
            <ul className="-m-4 divide-y divide-line">
              {rows.map((role) => (
                <li key={role.id}>
                  <Link
                    href={`/settings/roles/${role.id}`}
                    className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-ink no-underline hover:bg-hover"
                  >
                    <span className="min-w-44 flex-1">
                      <span className="block font-medium">{roleName(role)}</span>
                      <span className="block text-sm text-soft">
                        {t('rightsCount', { count: role.rights.length })} ·{' '}
                        {t('holders', { count: role.accountCount })}
                      </span>
                    </span>
                    {role.isShipped && <StatusMark tone="neutral">{t('shipped')}</StatusMark>}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Answered>
      </Section>
    </div>
  );
}
