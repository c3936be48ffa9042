'use client';

import { useTranslations } from 'next-intl';
import { StatusMark, type Tone } from '../kit/status-mark.tsx';
import type { ImportStatus } from './types.ts';

const tones: Record<ImportStatus, Tone> = {
  uploaded: 'neutral',
  checking: 'accent',
  checked: 'accent',
  running: 'accent',
  done: 'settled',
  undoing: 'accent',
  undone: 'neutral',
  failed: 'danger',
};

export function ImportStatusMark({ status }: { status: ImportStatus }) {
  const t = useTranslations('imports.statuses');
  return <StatusMark tone={tones[status]}>{t(status)}</StatusMark>;
}
