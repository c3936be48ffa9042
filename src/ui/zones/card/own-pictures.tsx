'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '../../../i18n/use-format.ts';
import { previewHref } from '../../pictures/addresses.ts';
import { PlainImage } from '../../pictures/plain-image.tsx';
import { BackdropButton, BackdropGroup } from './backdrop-button.tsx';
import type { ChosenBackdrop } from './choose-backdrop.tsx';

interface OwnPicture {
  id: string;
  title: string;
  /** YYYY-MM-DD, of a photograph. */
  takenOn: string | null;
}

/** The clinic's own pictures, or the client's photographs, among what can be drawn on. */
export function OwnPictures(props: {
  title: string;
  pictures: readonly OwnPicture[];
  opening: string | null;
  beneath: (backdrop: ChosenBackdrop) => string | null;
  onChoose: (backdrop: ChosenBackdrop) => void;
}) {
  const t = useTranslations('zones.card');
  const format = useFormat();
  if (props.pictures.length === 0) return null;
  return (
    <BackdropGroup title={props.title}>
      {props.pictures.map(({ id, title, takenOn }) => {
        const backdrop: ChosenBackdrop = { kind: 'picture', pictureId: id, title };
        const date = takenOn === null ? null : format.date(new Date(`${takenOn}T00:00:00Z`), 'UTC');
        return (
          <BackdropButton
            key={id}
            name={title || t('photograph')}
            detail={props.beneath(backdrop) ?? (date && t('choose.taken', { date }))}
            busy={props.opening === id}
            disabled={props.opening !== null}
            onChoose={() => props.onChoose(backdrop)}
          >
            <PlainImage
              src={previewHref(id)}
              alt=""
              loading="lazy"
              decoding="async"
              className="h-full w-full object-contain"
            />
          </BackdropButton>
        );
      })}
    </BackdropGroup>
  );
}
