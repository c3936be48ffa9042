'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { Section } from '../../kit/section.tsx';
import { drawingsHref, regionsHref } from './address.ts';
import { DrawingTile } from './drawing-tile.tsx';
import { NewDrawing } from './new-drawing.tsx';
import type { DrawingList } from './types.ts';
import { useDrawings } from './use-drawings.ts';

const shownOnCard = 4;
const linkClass =
  'inline-flex min-h-9 items-center text-sm font-medium text-accent no-underline hover:underline pointer-coarse:min-h-11';

/** The newest drawings on the card, and the way to a new one. Shown to whoever may see them, and to nobody else. */
export function DrawingsSection(props: { clientId: string; start: DrawingList; zone: string }) {
  const t = useTranslations('zones.card');
  const { clientId, zone } = props;
  const { schemes, canDraw } = useDrawings(clientId, props.start);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Section
      title={t('title')}
      actions={
        canDraw && (
          <span data-print="hide">
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={18} />}
              onClick={() => setChoosing(true)}
            >
              {t('new')}
            </Button>
          </span>
        )
      }
    >
      {schemes.length === 0 ? (
        <p className="max-w-prose text-soft">{t(canDraw ? 'noneText' : 'noneRead')}</p>
      ) : (
        <>
          <ul className="-mx-2 grid grid-cols-2 gap-1 sm:grid-cols-4">
            {schemes.slice(0, shownOnCard).map((drawing) => (
              <li key={drawing.schemeId} className="min-w-0">
                <DrawingTile drawing={drawing} zone={zone} canDraw={canDraw} />
              </li>
            ))}
          </ul>
          <p className="mt-2 flex flex-wrap gap-x-5" data-print="hide">
            <Link href={drawingsHref(clientId)} className={linkClass}>
              {t('all', { count: schemes.length })}
            </Link>
            {schemes.some(({ revision }) => revision > 0) && (
              <Link href={regionsHref(clientId)} className={linkClass}>
                {t('byRegion')}
              </Link>
            )}
          </p>
        </>
      )}
      <NewDrawing
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        clientId={clientId}
        visitId={null}
        drawings={schemes}
        zone={zone}
      />
    </Section>
  );
}
