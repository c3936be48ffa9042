'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../../api/root.ts';

type Staff = inferRouterOutputs<AppRouter>['people']['staff'];
export type StaffAccount = Staff['accounts'][number];
export type StaffRole = Staff['roles'][number];

/** The shipped roles have names in every language; a clinic's own keep the name they were given. */
export function useRoleName(): (role: Pick<StaffRole, 'key' | 'name'>) => string {
  const t = useTranslations('access.roleNames');
  return ({ key, name }) =>
    key === 'administrator' || key === 'receptionist' || key === 'specialist' || key === 'client'
      ? t(key)
      : name;
}
