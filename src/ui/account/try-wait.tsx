'use client';

import { useTranslations } from 'next-intl';

const hour = 3_600;

/** How long until the next try is looked at. What lasts longer than an hour isn't waited for: then other ways are named. */
export function TryWait({ seconds }: { seconds: number }) {
  const t = useTranslations('account.signIn');
  if (seconds <= 0) return null;
  if (seconds > hour) return <p className="mb-4 text-soft">{t('stopped')}</p>;
  const minutes = Math.floor(seconds / 60);
  return (
    // Seconds are seen, not read out one by one.
    <p role="timer" className="mb-4 text-soft tabular-nums">
      {minutes > 0 ? t('waitMinutes', { minutes, seconds: seconds % 60 }) : t('waitSeconds', { seconds })}
    </p>
  );
}
