'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../i18n/use-format.ts';
import type { PictureRow } from './types.ts';

/** How a picture is called, and when it was taken or came. */
export function usePictureWords(zone = 'UTC') {
  const t = useTranslations('pictures');
  const { date } = useFormat();
  const nameOf = ({ title }: PictureRow): string => title || t('untitled');
  const whenOf = ({ takenOn, createdAt }: PictureRow): string =>
    takenOn === null
      ? t('addedOn', { date: date(createdAt, zone) })
      : t('takenOn', { date: date(new Date(`${takenOn}T00:00:00Z`), 'UTC') });
  return { nameOf, whenOf, labelOf: (picture: PictureRow) => `${nameOf(picture)}, ${whenOf(picture)}` };
}
