'use client';

import dynamic from 'next/dynamic';

/** The templates' lines come when the first of them is shown. */
export const LazySketch = dynamic(
  () => import('./template-sketch.tsx').then(({ TemplateSketch }) => TemplateSketch),
  { ssr: false },
);
