import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../kit/icons.tsx';

/** A calm line over the drawing: what is so, and the way on. */
export function Banner(props: {
  icon: IconName;
  tone: 'attention' | 'neutral';
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div
      role="status"
      className={`pointer-events-auto flex w-full max-w-xl flex-wrap items-center gap-x-3 gap-y-2 rounded-md border py-1.5 pr-1.5 pl-3 text-sm shadow-[0_4px_16px_rgb(20_18_16/0.12)] ${
        props.tone === 'attention'
          ? 'border-attention bg-attention-soft text-attention'
          : 'border-line bg-surface text-ink'
      }`}
    >
      <Icon name={props.icon} size={18} className="shrink-0" />
      <p className="min-w-0 flex-1 basis-48 py-1">{props.children}</p>
      {props.actions !== undefined && <div className="ml-auto flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  );
}
