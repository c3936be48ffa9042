'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { IconButton } from '../../kit/icon-button.tsx';

/** At the right where there is room; over the drawing's edge, when asked for, where there isn't. */
export function SidePanel(props: {
  /** Named and closable: it stands for a while in place of what is drawn with. */
  title: string | null;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Always in sight, whatever is above it. */
  foot: ReactNode;
}) {
  const t = useTranslations('zones.editor');
  return (
    <aside
      aria-label={props.title ?? t('panel')}
      className={`flex-col border-line bg-surface max-lg:absolute max-lg:z-20 max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[75%] max-md:rounded-t-lg max-md:border-t max-lg:shadow-[0_4px_16px_rgb(20_18_16/0.16)] md:max-lg:inset-y-0 md:max-lg:right-0 md:w-76 md:border-l lg:flex ${props.isOpen ? 'flex' : 'hidden'}`}
    >
      <div
        className={`flex min-h-13 shrink-0 items-center gap-2 border-b border-line pr-1 pl-4 ${props.title === null ? 'lg:hidden' : ''}`}
      >
        <h2 className="min-w-0 flex-1 truncate font-semibold">{props.title ?? t('panel')}</h2>
        <IconButton icon="close" label={t('close')} onClick={props.onClose} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto overscroll-contain p-4">
        {props.children}
      </div>
      {props.foot !== null && (
        <div className="max-h-[45%] shrink-0 overflow-y-auto overscroll-contain border-t border-line px-4 py-2">
          {props.foot}
        </div>
      )}
    </aside>
  );
}
