'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { Icon, type IconName } from './icons.tsx';
import type { Tone } from './status-mark.tsx';
import { dismissToast, type Toast, toastStore } from './toasts.ts';

const none: readonly Toast[] = [];
const marks: Record<Tone, { icon: IconName; colour: string }> = {
  neutral: { icon: 'info', colour: 'text-soft' },
  accent: { icon: 'info', colour: 'text-accent' },
  attention: { icon: 'attention', colour: 'text-attention' },
  danger: { icon: 'attention', colour: 'text-danger' },
  settled: { icon: 'check', colour: 'text-settled' },
};

function ToastCard({ toast, held }: { toast: Toast; held: boolean }) {
  const t = useTranslations('shell');
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.staysMs);
    return () => clearTimeout(timer);
  }, [held, toast.id, toast.staysMs]);
  return (
    <li className="pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-[0_4px_16px_rgb(20_18_16/0.12)]">
      <Icon name={marks[toast.tone].icon} className={`shrink-0 ${marks[toast.tone].colour}`} />
      <p className="min-w-0 flex-1 py-1.5 text-base">{toast.text}</p>
      {toast.undo !== null && (
        <Button
          kind="quiet"
          icon="undo"
          onClick={() => {
            toast.undo?.();
            dismissToast(toast.id);
          }}
        >
          {t('undo')}
        </Button>
      )}
      <IconButton icon="close" label={t('close')} onClick={() => dismissToast(toast.id)} />
    </li>
  );
}

/** Once per surface, above the bars at the bottom. Time stands still while somebody points at the toasts or has focus in them. */
export function Toaster() {
  const t = useTranslations('shell');
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, () => none);
  const [held, setHeld] = useState(false);
  return (
    <section
      aria-label={t('notices')}
      aria-live="polite"
      data-print="hide"
      className="pointer-events-none fixed inset-x-0 z-50 px-4 bottom-20"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <ul className="flex flex-col items-center gap-2">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} held={held} />
        ))}
      </ul>
    </section>
  );
}
