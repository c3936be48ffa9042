'use client';

import { useTranslations } from 'next-intl';
import { readUserAgent } from '../../domain/user-agent.ts';

/** "Firefox on Windows", as far as the browser says. */
export function useDeviceName(): (userAgent: string | null) => string {
  const t = useTranslations('access');
  return (userAgent) => {
    const { browser, system } = readUserAgent(userAgent);
    if (browser !== null && system !== null) return t('deviceName', { browser, system });
    return browser ?? system ?? t('deviceUnknown');
  };
}
