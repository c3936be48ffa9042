'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

/**
 * The browser's own modal: it keeps focus inside, makes the rest inert, closes on Escape and gives focus back,
 * and costs the client's pages no script.
 */
export function Dialog(props: {
  opened: boolean;
  onClose: () => void;
  title?: ReactNode;
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const { opened, onClose } = props;
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog === null) return;
    if (opened && !dialog.open) dialog.showModal();
    if (!opened && dialog.open) dialog.close();
  }, [opened]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way out, the click outside is extra
    <dialog
      ref={box}
      aria-labelledby={props.title === undefined ? undefined : titleId}
      aria-label={props.label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={
        props.className ??
        'm-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 text-ink'
      }
    >
      {opened && (
        <div className={props.title === undefined ? '' : 'p-6'}>
          {props.title !== undefined && (
            <h2 id={titleId} className="mb-2 text-lg font-semibold">
              {props.title}
            </h2>
          )}
          {props.children}
        </div>
      )}
    </dialog>
  );
}
