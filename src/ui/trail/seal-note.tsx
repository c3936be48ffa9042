'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { unsealedAtMost } from '../../domain/trail.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../calendar/use-now.ts';
import { StatusMark } from '../kit/status-mark.tsx';
import { useTRPC } from '../trpc/client.ts';

const readAgainMs = 30_000;
/** The worker seals every few seconds; what waits longer waits for a worker that doesn't run. */
const lateMs = 5 * 60_000;

/** How far the trail is sealed, and how long what isn't has been waiting. */
export function SealNote({ zone }: { zone: string }) {
  const t = useTranslations('trail.seal');
  const format = useFormat();
  const trpc = useTRPC();
  const now = useNow();
  const { data } = useQuery(trpc.trail.seal.queryOptions(undefined, { refetchInterval: readAgainMs }));
  if (data === undefined || now === null) return <div className="mb-4 h-6" aria-busy="true" />;
  const { lastSealAt, unsealed, oldestUnsealedAt } = data;
  const isLate = oldestUnsealedAt !== null && now - oldestUnsealedAt.getTime() > lateMs;
  const tail =
    unsealed >= unsealedAtMost ? t('tailMany', { count: unsealed }) : t('tail', { count: unsealed });
  return (
    <details className="mb-4 text-sm">
      <summary className="flex min-h-8 cursor-pointer list-none flex-wrap items-center gap-x-2 gap-y-1 [&::-webkit-details-marker]:hidden">
        <StatusMark tone={isLate ? 'attention' : 'settled'} icon="lock">
          {lastSealAt === null ? t('none') : t('last', { at: format.dayTime(lastSealAt, zone) })}
        </StatusMark>
        <span className="text-soft">
          {tail}
          {oldestUnsealedAt !== null && `, ${t('since', { at: format.dayTime(oldestUnsealedAt, zone) })}`}
        </span>
        {isLate && <span className="text-attention">{t('late')}</span>}
      </summary>
      <p className="max-w-prose py-1 text-soft">{t('explain')}</p>
    </details>
  );
}
