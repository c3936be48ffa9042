'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Right } from '../../domain/access/actor.ts';
import { Icon } from '../kit/icons.tsx';
import { NotFoundState } from '../kit/states.tsx';
import { Answered } from '../settings/query-states.tsx';
import { useTRPC } from '../trpc/client.ts';
import { RoleForm } from './role-form.tsx';

const listHref = '/settings/roles';

/** One role, new or known, with what this account may give. */
export function RolePage({ roleId, ownRights }: { roleId: string | null; ownRights: readonly Right[] }) {
  const t = useTranslations('access');
  const trpc = useTRPC();
  const roles = useQuery(trpc.roles.list.queryOptions());
  return (
    <div className="max-w-[58rem]">
      <Link
        href={listHref}
        className="mb-2 inline-flex min-h-9 items-center gap-1 text-sm text-soft no-underline hover:text-ink"
      >
        <Icon name="back" size={16} />
        {t('backToRoles')}
      </Link>
      {roleId === null ? (
        <RoleForm known={null} ownRights={ownRights} />
      ) : (
        <Answered query={roles} shape="form" backHref={listHref}>
          {(rows) => {
            const role = rows.find(({ id }) => id === roleId);
            return role === undefined ? (
              <NotFoundState homeHref={listHref} />
            ) : (
              <RoleForm key={roleId} known={role} ownRights={ownRights} />
            );
          }}
        </Answered>
      )}
    </div>
  );
}
