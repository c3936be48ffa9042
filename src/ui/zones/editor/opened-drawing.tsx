'use client';

import { useState } from 'react';
import { templateOf } from '../../../domain/scheme/template.ts';
import { localLine } from './local-line.ts';
import { StaffSurface } from './staff-surface.tsx';
import type { Scheme } from './types.ts';

export function OpenedDrawing(props: { scheme: Scheme; zone: string; licenseKey: string | null }) {
  const { backdrop } = props.scheme;
  const [line] = useState(localLine);
  const template = backdrop.kind === 'template' ? templateOf(backdrop.templateKey) : null;
  return <StaffSurface {...props} template={template} line={line} />;
}
