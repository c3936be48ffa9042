'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StatusMark } from '../kit/status-mark.tsx';
import { PictureDialog } from './picture-dialog.tsx';
import { PictureTile } from './picture-tile.tsx';
import { usePictureWords } from './picture-words.ts';
import type { PictureRow } from './types.ts';

/** Pictures as previews, opened by a press; those out of use stand aside until they are asked for. */
export function Gallery(props: {
  label: string;
  pictures: readonly PictureRow[];
  canEdit: boolean;
  /** Photographs have a day; templates don't. */
  withDate: boolean;
  /** So many are shown before the others are asked for. */
  firstShown: number;
  latest: () => Promise<readonly PictureRow[]>;
  zone: string;
}) {
  const t = useTranslations('pictures');
  const { nameOf, whenOf } = usePictureWords(props.zone);
  const [openId, setOpenId] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const [withRetired, setWithRetired] = useState(false);
  const { pictures } = props;
  const used = pictures.filter(({ isActive }) => isActive);
  const retired = pictures.filter(({ isActive }) => !isActive);
  const shown = [...(all ? used : used.slice(0, props.firstShown)), ...(withRetired ? retired : [])];
  return (
    <>
      <ul
        aria-label={props.label}
        className="grid grid-cols-2 gap-x-3 gap-y-4 empty:hidden sm:grid-cols-[repeat(auto-fill,minmax(9.500rem,1fr))]"
      >
        {shown.map((picture) => (
          <li key={picture.id} className="min-w-0">
            <PictureTile
              picture={picture}
              name={nameOf(picture)}
              detail={whenOf(picture)}
              openLabel={t('open', { name: nameOf(picture) })}
              onOpen={() => setOpenId(picture.id)}
            >
              {!picture.isActive && <StatusMark tone="neutral">{t('outOfUse')}</StatusMark>}
            </PictureTile>
          </li>
        ))}
      </ul>
      {(used.length > props.firstShown || retired.length > 0) && (
        <div className="mt-3 flex flex-wrap gap-2">
          {!all && used.length > props.firstShown && (
            <Button size="xs" variant="default" onClick={() => setAll(true)}>
              {t('showAll', { count: used.length })}
            </Button>
          )}
          {retired.length > 0 && (
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={withRetired}
              onClick={() => setWithRetired(!withRetired)}
            >
              {withRetired ? t('hideRetired') : t('showRetired', { count: retired.length })}
            </Button>
          )}
        </div>
      )}
      <PictureDialog
        picture={pictures.find(({ id }) => id === openId) ?? null}
        canEdit={props.canEdit}
        withDate={props.withDate}
        latest={props.latest}
        onClose={() => setOpenId(null)}
        zone={props.zone}
      />
    </>
  );
}
