'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Right } from '../../domain/access/actor.ts';
import { BackLink } from '../kit/back-link.tsx';
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
      <BackLink href={listHref}>{t('backToRoles')}</BackLink>
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
