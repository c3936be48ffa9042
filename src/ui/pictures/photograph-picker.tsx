'use client';

import { useId } from 'react';
import { previewHref } from './addresses.ts';
import { usePictureWords } from './picture-words.ts';
import type { PictureRow } from './types.ts';
import { PlainImage } from './plain-image.tsx';

/** One of some photographs, by its preview; arrows move between them. */
export function PhotographPicker(props: {
  label: string;
  photographs: readonly PictureRow[];
  value: string | null;
  onChange: (pictureId: string) => void;
  zone: string;
}) {
  const name = useId();
  const { labelOf } = usePictureWords(props.zone);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{props.label}</legend>
      <div className="flex gap-2 overflow-x-auto p-1">
        {props.photographs.map((picture) => (
          <label key={picture.id} className="relative block size-16 shrink-0 cursor-pointer">
            <input
              type="radio"
              name={name}
              className="peer absolute inset-0 z-10 size-full cursor-pointer opacity-0"
              checked={picture.id === props.value}
              aria-label={labelOf(picture)}
              onChange={() => props.onChange(picture.id)}
            />
            <PlainImage
              src={previewHref(picture.id)}
              alt=""
              loading="lazy"
              decoding="async"
              className="size-full rounded-md border-2 border-transparent bg-sunken object-cover opacity-75 peer-checked:border-accent peer-checked:opacity-100 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
