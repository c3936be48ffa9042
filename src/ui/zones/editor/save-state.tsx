'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '../../kit/icons.tsx';
import type { LineState } from './line.ts';

const looks = {
  connecting: { icon: 'clock', colour: 'text-soft' },
  saving: { icon: 'clock', colour: 'text-soft' },
  saved: { icon: 'check', colour: 'text-settled' },
  offline: { icon: 'offline', colour: 'text-attention' },
  readOnly: { icon: 'lock', colour: 'text-soft' },
} as const;

/** Whether what is drawn is safe, by the server's word. On a phone the icon stands alone: what is amiss is said over the paper. */
export function SaveState({ state }: { state: LineState['keeping'] | 'readOnly' }) {
  const t = useTranslations('zones.editor.state');
  const { icon, colour } = looks[state];
  return (
    <span
      role="status"
      data-state={state}
      className={`inline-flex min-w-4.5 items-center gap-1.5 text-sm ${colour} ${state === 'offline' ? '' : 'max-md:shrink-0'}`}
    >
      <Icon name={icon} size={18} className="shrink-0" />
      <span className={'truncate max-md:sr-only'}>{t(state)}</span>
    </span>
  );
}
