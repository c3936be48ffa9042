'use client';

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '../kit/section.tsx';
import { toast } from '../kit/toasts.ts';
import { useLive } from '../live/use-live.ts';
import { useTRPC } from '../trpc/client.ts';
import { ComparePhotographs } from './compare-photographs.tsx';
import { dayOf, titleOf } from './file-facts.ts';
import { Gallery } from './gallery.tsx';
import { UploadField } from './upload-field.tsx';

const firstShown = 8;

/** A client's photographs on their card; stands only for whoever reads the client's drawings. */
export function CardPhotographs({ clientId, zone }: { clientId: string; zone: string }) {
  const t = useTranslations('pictures');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.pictures.photographs.queryOptions({ clientId });
  const { data } = useQuery(options);
  const [isComparing, setComparing] = useState(false);
  const refresh = () => void queries.invalidateQueries(trpc.pictures.photographs.queryFilter({ clientId }));
  useLive('client', (events) => {
    if (events === null || events.some(({ entityId }) => entityId === null || entityId === clientId))
      refresh();
  });
  if (data === undefined || data.access === 'none') return null;
  const { photographs, today } = data;
  const inUse = photographs.filter(({ isActive }) => isActive);
  const onKept = (ids: readonly string[]) => {
    refresh();
    toast(t('kept', { count: ids.length }));
  };
  return (
    <Section
      title={t('photographs')}
      actions={
        inUse.length > 1 && (
          <Button size="xs" variant="default" onClick={() => setComparing(true)}>
            {t('compare')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {photographs.length === 0 && <p className="text-soft">{t('photographsNone')}</p>}
        {photographs.length > 0 && (
          <div>
            <Gallery
              label={t('photographs')}
              pictures={photographs}
              canEdit={data.access === 'draw'}
              withDate
              firstShown={firstShown}
              latest={async () => (await queries.fetchQuery({ ...options, staleTime: 0 })).photographs}
              zone={zone}
            />
          </div>
        )}
        {data.access === 'draw' && (
          <UploadField
            label={t('add')}
            withCamera
            queryOf={(file) => ({
              kind: 'photograph',
              clientId,
              title: titleOf(file),
              takenOn: dayOf(file, today),
            })}
            onKept={onKept}
          />
        )}
      </div>
      {isComparing && (
        <ComparePhotographs photographs={inUse} zone={zone} onClose={() => setComparing(false)} />
      )}
    </Section>
  );
}
