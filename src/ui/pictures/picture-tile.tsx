'use client';

import type { ReactNode } from 'react';
import { previewHref } from './addresses.ts';
import type { PictureRow } from './types.ts';
import { PlainImage } from './plain-image.tsx';

/** A picture as its preview, with what it is called beneath. A press opens it. */
export function PictureTile(props: {
  picture: PictureRow;
  name: string;
  detail: string;
  openLabel: string;
  onOpen: () => void;
  children?: ReactNode;
}) {
  const { picture } = props;
  return (
    <div className={`min-w-0 ${picture.isActive ? '' : 'opacity-75'}`}>
      <button
        type="button"
        aria-label={props.openLabel}
        onClick={props.onOpen}
        className="block aspect-square w-full cursor-pointer overflow-hidden rounded-md border border-line bg-sunken p-0 hover:border-line-strong"
      >
        <PlainImage
          src={previewHref(picture.id)}
          alt=""
          width={picture.widthPx}
          height={picture.heightPx}
          loading="lazy"
          decoding="async"
          className="size-full object-contain"
        />
      </button>
      <p className="mt-1.5 truncate text-sm font-medium">{props.name}</p>
      <p className="truncate text-sm text-soft">{props.detail}</p>
      {props.children}
    </div>
  );
}
