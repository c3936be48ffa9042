'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Icon } from '../kit/icons.tsx';
import { useLiveState } from '../live/live-provider.tsx';

const patienceMs = 3_000;

/** Says that what is shown may be behind, once that has lasted; a blink of the network isn't worth a word. */
export function LiveNote() {
  const t = useTranslations('calendar');
  const state = useLiveState();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (state === 'open') return;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [state]);
  return (
    <div role="status" data-print="hide" className="contents">
      {late && state !== 'open' && (
        <p className="flex items-center gap-2 rounded-md bg-attention-soft px-3 py-1.5 text-sm text-attention">
          <Icon name="offline" size={16} className="shrink-0" />
          {t('notLive')}
        </p>
      )}
    </div>
  );
}
