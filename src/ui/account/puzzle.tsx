'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTRPCClient } from '../trpc/client.ts';

/** One puzzle: begins by itself, shows how it goes, and hands over its solution. */
export default function Puzzle({ onSolved }: { onSolved: (solution: string) => void }) {
  const t = useTranslations('refusals');
  const locale = useLocale();
  const client = useTRPCClient();
  const place = useRef<HTMLDivElement>(null);
  const solved = useEffectEvent(onSolved);
  const words = useEffectEvent(() => ({
    label: t('puzzle.label'),
    verifying: t('puzzle.verifying'),
    verified: t('puzzle.verified'),
    error: t('puzzle.error'),
    wait: t('puzzle.wait'),
  }));
  useEffect(() => {
    const here = place.current;
    let takeAway: (() => void) | undefined;
    let left = false;
    void import('./puzzle-widget.ts').then(({ mountPuzzle }) => {
      if (left || here === null) return;
      takeAway = mountPuzzle(here, {
        words: words(),
        language: locale,
        ask: () => client.account.puzzle.query(),
        onSolved: solved,
      });
    });
    return () => {
      left = true;
      takeAway?.();
    };
  }, [client, locale]);
  return (
    <div className="my-3">
      <p role="status" className="mb-2 text-sm text-soft">
        {t('captcha_needed')}
      </p>
      <div ref={place} className="min-h-14" />
    </div>
  );
}
