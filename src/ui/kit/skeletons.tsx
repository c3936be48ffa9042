'use no memo';

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

/** The place of something that is coming, in its final size (pixels, or any CSS length). */
export function Bone(props: { height: number; width?: number | string; round?: boolean }) {
  return (
    <div
      className={`kit-bone ${props.round === true ? 'rounded-full' : 'rounded-md'}`}
      style={{ height: props.height, width: props.width ?? '100%', maxWidth: '100%' }}
    />
  );
}

const rowKeys = (count: number) => Array.from({ length: count }, (_, index) => `row-${index}`);

/** Rows of a staff list in their final height. */
export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Loading>
      <div className="divide-y divide-line rounded-md border border-line bg-surface">
        {rowKeys(rows).map((key) => (
          <div key={key} className="flex h-14 items-center justify-between gap-3 px-4">
            <div className="flex flex-1 items-center gap-3">
              <Bone height={32} width={32} round />
              <Bone height={12} width="45%" />
            </div>
            <Bone height={12} width="18%" />
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
          <Bone key={key} height={72} />
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
            <Bone height={12} width={120} />
            <Bone height={36} />
          </div>
        ))}
      </div>
    </Loading>
  );
}

export function PageSkeleton() {
  return (
    <>
      <div className="mb-6 flex flex-col gap-2" aria-hidden="true">
        <Bone height={24} width={200} />
        <Bone height={12} width={320} />
      </div>
      <ListSkeleton />
    </>
  );
}
