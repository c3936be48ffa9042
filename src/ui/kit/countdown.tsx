'use client';
'use no memo';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { StatusMark } from './status-mark.tsx';

const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** How long a hold still stands, second by second for the eye and minute by minute for the ear. */
export function Countdown(props: {
  until: Date;
  onOver?: () => void;
  /** The clock that decides: the server's, where it is known. Epoch milliseconds. */
  clock?: () => number;
}) {
  const { until, onOver, clock = Date.now } = props;
  const t = useTranslations('portal');
  const [now, setNow] = useState<number | null>(null);
  const over = useEffectEvent(() => onOver?.());
  const read = useEffectEvent(() => clock());
  const end = until.getTime();
  useEffect(() => {
    const tick = () => {
      const at = read();
      setNow(at);
      if (at < end) return;
      clearInterval(timer);
      over();
    };
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [end]);
  if (now === null) return null;
  const seconds = Math.max(0, Math.ceil((end - now) / 1000));
  const minutes = Math.ceil(seconds / 60);
  const spoken = seconds === 0 ? t('heldOver') : seconds < 60 ? t('heldEnding') : t('heldLong', { minutes });
  return (
    <>
      <span aria-hidden="true" data-tabular>
        <StatusMark tone={seconds < 60 ? 'attention' : 'accent'} icon="clock">
          {t('held', { left: clockOf(seconds) })}
        </StatusMark>
      </span>
      <span role="timer" aria-live="polite" className="sr-only">
        {spoken}
      </span>
    </>
  );
}
