'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BackLink } from '../../kit/back-link.tsx';
import { Icon } from '../../kit/icons.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { useShortcut } from '../../kit/shortcuts.tsx';
import { showAddress } from '../../kit/show-address.ts';
import { EmptyState } from '../../kit/states.tsx';
import { compareHref, drawingsHref, regionsHref } from './address.ts';
import { DrawingTile } from './drawing-tile.tsx';
import { NewDrawing } from './new-drawing.tsx';
import type { DrawingList, DrawnClient } from './types.ts';
import { useDrawings } from './use-drawings.ts';

/** All drawings of a client, the newest first. `choosing` opens with the question what to draw on. */
export function DrawingsPage(props: {
  client: DrawnClient;
  start: DrawingList;
  zone: string;
  choosing: boolean;
  visitId: string | null;
}) {
  const t = useTranslations('zones.card');
  const { client, zone } = props;
  const { schemes, canDraw } = useDrawings(client.clientId, props.start);
  const [isChoosing, setChoosing] = useState(props.choosing && canDraw);
  useShortcut({ keys: 'c', label: t('new') }, () => setChoosing(true), canDraw);
  const finished = schemes.filter(({ revision }) => revision > 0).length;
  const create = canDraw && (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setChoosing(true)}>
      {t('new')}
    </Button>
  );
  return (
    <>
      <BackLink href={`/clients/${client.clientId}`}>{t('toCard', { name: client.name })}</BackLink>
      <PageHeader
        title={t('pageTitle')}
        lead={schemes.length === 0 ? undefined : t('count', { count: schemes.length })}
        actions={
          <>
            {finished > 0 && (
              <Button component={Link} href={regionsHref(client.clientId)} variant="default">
                {t('byRegion')}
              </Button>
            )}
            {finished > 0 && (
              <Button component={Link} href={compareHref(client.clientId)} variant="default">
                {t('compare')}
              </Button>
            )}
            {schemes.length > 0 && create}
          </>
        }
      />
      {schemes.length === 0 ? (
        <EmptyState icon="edit" title={t('none')} text={t(canDraw ? 'noneText' : 'noneRead')}>
          {create}
        </EmptyState>
      ) : (
        <ul className="-mx-2 grid grid-cols-2 gap-1 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
          {schemes.map((drawing) => (
            <li key={drawing.schemeId} className="min-w-0">
              <DrawingTile drawing={drawing} zone={zone} canDraw={canDraw} />
            </li>
          ))}
        </ul>
      )}
      <NewDrawing
        opened={isChoosing}
        onClose={() => {
          setChoosing(false);
          // Reloaded or sent on, the page asks no more.
          if (props.choosing) showAddress(drawingsHref(client.clientId), 'replace');
        }}
        clientId={client.clientId}
        visitId={props.visitId}
        drawings={schemes}
        zone={zone}
      />
    </>
  );
}
