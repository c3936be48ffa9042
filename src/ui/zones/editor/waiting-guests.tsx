'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../kit/button.tsx';
import { useLiveQuery } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Banner } from './banner.tsx';

/** Somebody stands at the door: said wherever the specialist is looking. */
export function WaitingGuests({ schemeId, onLook }: { schemeId: string; onLook: () => void }) {
  const t = useTranslations('zones.editor.consultation');
  const api = useTRPC();
  const guests = useQuery(api.drawings.guests.queryOptions({ schemeId }));
  useLiveQuery(['client'], api.drawings.guests.queryKey({ schemeId }));
  const waiting = guests.data?.guests.filter(({ status }) => status === 'waiting') ?? [];
  if (waiting.length === 0) return null;
  return (
    <Banner icon="person" tone="neutral" actions={<Button onClick={onLook}>{t('look')}</Button>}>
      {t('wants', { name: waiting.map(({ name }) => name).join(', ') })}
    </Banner>
  );
}
