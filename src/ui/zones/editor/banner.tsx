import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../kit/icons.tsx';

/** A calm line under the bar: what is so, and the way on. */
export function Banner(props: {
  icon: IconName;
  tone: 'attention' | 'neutral';
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div
      role="status"
      className={`flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-sm ${
        props.tone === 'attention' ? 'bg-attention-soft text-attention' : 'bg-sunken text-ink'
      }`}
    >
      <Icon name={props.icon} size={18} className="shrink-0" />
      <p className="min-w-0 flex-1 basis-56">{props.children}</p>
      {props.actions !== undefined && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  );
}
