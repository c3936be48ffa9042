'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

interface SideDrawerProps {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Stays at the bottom: the actions. */
  foot?: ReactNode;
}

/**
 * Opens an appointment or a client at the right without leaving the page below, which stays usable: there is no
 * veil and focus moves freely. Escape closes it and gives focus back. On a phone it fills the screen.
 */
export function SideDrawer({ opened, onClose, title, children, foot }: SideDrawerProps) {
  const t = useTranslations('shell');
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useEffectEvent(onClose);

  useEffect(() => {
    if (!opened) return;
    const cameFrom = document.activeElement;
    heading.current?.focus();
    function onKeyDown(event: KeyboardEvent) {
      const elsewhere = document.querySelector('dialog:modal, [popover]:popover-open') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !elsewhere) close();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    };
  }, [opened]);

  if (!opened) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native dialog opened without a veil would still take the whole width
    <div
      role="dialog"
      aria-labelledby={titleId}
      data-print="hide"
      className="kit-slide-in fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line bg-surface text-ink sm:w-[28rem]"
    >
      <div className="flex min-h-14 shrink-0 items-center gap-3 border-b border-line pr-2 pl-4">
        <h2 id={titleId} ref={heading} tabIndex={-1} className="min-w-0 flex-1 font-semibold">
          {title}
        </h2>
        <IconButton icon="close" label={t('close')} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {foot !== undefined && (
        <div className="flex shrink-0 flex-wrap justify-end gap-2 border-t border-line p-4">{foot}</div>
      )}
    </div>
  );
}
