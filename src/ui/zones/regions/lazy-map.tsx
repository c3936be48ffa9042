'use client';

import dynamic from 'next/dynamic';

const Waiting = () => <div className="kit-bone aspect-[4/5] w-full rounded-md" />;

/** The templates' lines come after the list, which says the same. */
export const LazyMap = dynamic(() => import('./region-map.tsx').then(({ RegionMap }) => RegionMap), {
  ssr: false,
  loading: Waiting,
});
