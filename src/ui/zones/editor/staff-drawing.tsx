'use client';

import dynamic from 'next/dynamic';
import { Laying } from './laying.tsx';
import type { Scheme } from './types.ts';

/** The editor is loaded here and nowhere else, and only in a browser: it draws on a screen's own measures. */
const Opened = dynamic(() => import('./opened-drawing.tsx').then(({ OpenedDrawing }) => OpenedDrawing), {
  ssr: false,
  loading: () => <Laying />,
});

export function StaffDrawing(props: { scheme: Scheme; zone: string; licenseKey: string | null }) {
  return <Opened {...props} />;
}
