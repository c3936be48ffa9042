import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'neutral' | 'accent' | 'attention' | 'danger' | 'settled';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-soft',
  accent: 'bg-accent-soft text-accent',
  attention: 'bg-attention-soft text-attention',
  danger: 'bg-danger-soft text-danger',
  settled: 'bg-settled-soft text-settled',
};

const icons: Record<Tone, IconName> = {
  neutral: 'info',
  accent: 'clock',
  attention: 'attention',
  danger: 'close',
  settled: 'check',
};

/** A state as icon, words and colour together: it reads the same without the colour. */
export function StatusMark({ tone, icon, children }: { tone: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded-full py-0.5 pr-2 pl-1.5 text-xs font-medium ${tones[tone]}`}
    >
      <Icon name={icon ?? icons[tone]} size={14} className="shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}
