'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { StatusMark } from '../kit/status-mark.tsx';
import { pictureHref } from './addresses.ts';
import { PictureForm } from './picture-form.tsx';
import { usePictureWords } from './picture-words.ts';
import type { PictureRow } from './types.ts';
import { useRetire } from './use-retire.ts';
import { PlainImage } from './plain-image.tsx';

/** One picture in full, and what can be done with it. */
export function PictureDialog(props: {
  picture: PictureRow | null;
  canEdit: boolean;
  withDate: boolean;
  latest: () => Promise<readonly PictureRow[]>;
  onClose: () => void;
  zone: string;
}) {
  const t = useTranslations('pictures');
  const { nameOf, whenOf, labelOf } = usePictureWords(props.zone);
  const { retire, restore, isPending } = useRetire(nameOf);
  const [isEditing, setEditing] = useState(false);
  const { picture } = props;
  const close = () => {
    setEditing(false);
    props.onClose();
  };
  return (
    <Dialog
      opened={picture !== null}
      onClose={close}
      label={picture === null ? '' : labelOf(picture)}
      className={`m-auto rounded-lg border border-line bg-surface p-0 text-ink ${
        isEditing ? 'w-[min(28rem,calc(100vw-2rem))]' : 'w-[min(64rem,calc(100vw-1rem))]'
      }`}
    >
      {picture !== null && (
        <div className="p-4 sm:p-6">
          <div className="mb-3 flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <h2 className="text-lg font-semibold break-words">{nameOf(picture)}</h2>
              <p className="text-sm text-soft">{whenOf(picture)}</p>
            </div>
            {!picture.isActive && <StatusMark tone="neutral">{t('outOfUse')}</StatusMark>}
            <IconButton icon="close" label={t('close')} onClick={close} />
          </div>
          {isEditing ? (
            <PictureForm
              picture={picture}
              withDate={props.withDate}
              latest={props.latest}
              onClose={() => setEditing(false)}
            />
          ) : (
            <>
              <PlainImage
                src={pictureHref(picture.id)}
                alt={labelOf(picture)}
                width={picture.widthPx}
                height={picture.heightPx}
                className="mx-auto h-auto max-h-[70dvh] w-auto max-w-full rounded-md bg-sunken object-contain"
              />
              {props.canEdit && (
                <div className="mt-4 flex flex-wrap justify-end gap-2">
                  {picture.isActive ? (
                    <Button
                      variant="subtle"
                      color="red"
                      className="sm:mr-auto"
                      loading={isPending}
                      onClick={() => {
                        retire(picture);
                        close();
                      }}
                    >
                      {t('retire')}
                    </Button>
                  ) : (
                    <Button variant="default" loading={isPending} onClick={() => restore(picture)}>
                      {t('restore')}
                    </Button>
                  )}
                  <Button variant="default" onClick={() => setEditing(true)}>
                    {props.withDate ? t('edit') : t('rename')}
                  </Button>
                </div>
              )}
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}
