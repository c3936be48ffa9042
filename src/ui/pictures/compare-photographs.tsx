'use client';

import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { pictureHref } from './addresses.ts';
import { type ComparedPicture, CompareSlider } from './compare-slider.tsx';
import { PhotographPicker } from './photograph-picker.tsx';
import { usePictureWords } from './picture-words.ts';
import type { PictureRow } from './types.ts';

/** Two of a client's photographs, overlaid or side by side; the oldest and the newest to begin with. */
export function ComparePhotographs(props: {
  photographs: readonly PictureRow[];
  zone: string;
  onClose: () => void;
}) {
  const t = useTranslations('pictures');
  const { labelOf, dayOf } = usePictureWords(props.zone);
  const { photographs } = props;
  const [beforeId, setBeforeId] = useState(photographs.at(-1)?.id ?? null);
  const [afterId, setAfterId] = useState(photographs[0]?.id ?? null);
  const [mode, setMode] = useState<'over' | 'beside'>('over');
  const compared = (id: string | null, word: string): ComparedPicture | null => {
    const picture = photographs.find((each) => each.id === id);
    return picture === undefined
      ? null
      : {
          src: pictureHref(picture.id),
          alt: labelOf(picture),
          label: `${word} · ${dayOf(picture)}`,
          widthPx: picture.widthPx,
          heightPx: picture.heightPx,
        };
  };
  const before = compared(beforeId, t('compareBefore'));
  const after = compared(afterId, t('compareAfter'));
  return (
    <Dialog
      opened
      onClose={props.onClose}
      label={t('compareTitle')}
      className="m-auto w-[min(72rem,calc(100vw-1rem))] rounded-lg border border-line bg-surface p-0 text-ink"
    >
      <div className="flex flex-col gap-3 p-4 sm:p-6">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="min-w-0 flex-1 text-lg font-semibold">{t('compareTitle')}</h2>
          <SegmentedControl
            className="max-sm:order-last max-sm:w-full"
            aria-label={t('compareHow')}
            value={mode}
            onChange={(next) => setMode(next === 'beside' ? 'beside' : 'over')}
            data={[
              { value: 'over', label: t('compareOver') },
              { value: 'beside', label: t('compareBeside') },
            ]}
          />
          <IconButton icon="close" label={t('close')} onClick={props.onClose} />
        </div>
        {before !== null && after !== null && (
          <CompareSlider
            before={before}
            after={after}
            mode={mode}
            sliderLabel={t('compareSlider')}
            shareText={(percent) => t('compareShare', { percent })}
          />
        )}
        <div className="grid gap-3 sm:grid-cols-2">
          <PhotographPicker
            label={t('compareBefore')}
            photographs={photographs}
            value={beforeId}
            onChange={setBeforeId}
            zone={props.zone}
          />
          <PhotographPicker
            label={t('compareAfter')}
            photographs={photographs}
            value={afterId}
            onChange={setAfterId}
            zone={props.zone}
          />
        </div>
      </div>
    </Dialog>
  );
}
