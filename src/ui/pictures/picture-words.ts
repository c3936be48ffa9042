'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import type { PictureRow } from './types.ts';

/** How a picture is called, and when it was taken or came. */
export function usePictureWords(zone = 'UTC') {
  const t = useTranslations('pictures');
  const { date } = useFormat();
  const nameOf = ({ title }: PictureRow): string => title || t('untitled');
  const dayOf = ({ takenOn, createdAt }: PictureRow): string =>
    takenOn === null ? date(createdAt, zone) : date(new Date(`${takenOn}T00:00:00Z`), 'UTC');
  const whenOf = (picture: PictureRow): string =>
    t(picture.takenOn === null ? 'addedOn' : 'takenOn', { date: dayOf(picture) });
  return {
    nameOf,
    dayOf,
    whenOf,
    labelOf: (picture: PictureRow) => `${nameOf(picture)}, ${whenOf(picture)}`,
  };
}
