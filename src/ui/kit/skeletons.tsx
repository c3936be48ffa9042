import { Skeleton } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** Tells once that something is on its way; the shapes inside are silent. */
export function Loading({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {t('loading')}
      </span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

const rowKeys = (count: number) => Array.from({ length: count }, (_, index) => `row-${index}`);

/** Rows of a staff list in their final height. */
export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Loading>
      <div className="divide-y divide-line rounded-md border border-line bg-surface">
        {rowKeys(rows).map((key) => (
          <div key={key} className="flex h-14 items-center gap-3 px-4">
            <Skeleton height={32} width={32} circle />
            <Skeleton height={12} width="34%" />
            <Skeleton height={12} width="18%" ml="auto" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

/** Big choices of the client's surface in their final height. */
export function ChoiceSkeleton({ rows = 4 }: { rows?: number }) {
  return (
    <Loading>
      <div className="flex flex-col gap-3">
        {rowKeys(rows).map((key) => (
          <Skeleton key={key} height={72} radius="md" />
        ))}
      </div>
    </Loading>
  );
}

export function FormSkeleton({ fields = 5 }: { fields?: number }) {
  return (
    <Loading>
      <div className="flex max-w-prose flex-col gap-5">
        {rowKeys(fields).map((key) => (
          <div key={key} className="flex flex-col gap-2">
            <Skeleton height={12} width={120} />
            <Skeleton height={36} />
          </div>
        ))}
      </div>
    </Loading>
  );
}

export function PageSkeleton() {
  return (
    <>
      <div className="mb-6" aria-hidden="true">
        <Skeleton height={24} width={200} mb={8} />
        <Skeleton height={12} width={320} maw="70%" />
      </div>
      <ListSkeleton />
    </>
  );
}
