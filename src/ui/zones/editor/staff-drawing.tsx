'use client';

import dynamic from 'next/dynamic';
import { Laying } from './laying.tsx';
import type { Opened as OpenedProps } from './opened-drawing.tsx';

/** The editor is loaded here and nowhere else, and only in a browser: it draws on a screen's own measures. */
const Opened = dynamic(() => import('./opened-drawing.tsx').then(({ OpenedDrawing }) => OpenedDrawing), {
  ssr: false,
  loading: () => <Laying />,
});

export function StaffDrawing(props: OpenedProps) {
  return <Opened {...props} />;
}
