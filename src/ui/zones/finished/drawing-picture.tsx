'use client';

import { useState } from 'react';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';
import { PlainImage } from '../../pictures/plain-image.tsx';
import { Paper } from '../card/paper.tsx';
import { type Highlight, Highlights } from './highlights.tsx';

/** Of the templates of a face; the picture itself says better as soon as it is there. */
const usualHeight = 1_320;

/** A finished picture, large, with what is to be looked at in frames. */
export function DrawingPicture(props: {
  src: string;
  alt: string;
  highlights?: readonly Highlight[];
  className?: string;
}) {
  const [heightUnits, setHeight] = useState(usualHeight);
  return (
    <Paper className={`mx-auto w-full ${props.className ?? 'max-w-[44rem] print:max-w-[12cm]'}`}>
      <span className="relative block w-full" style={{ aspectRatio: `${pageWidthUnits} / ${heightUnits}` }}>
        <PlainImage
          src={props.src}
          alt={props.alt}
          className="absolute inset-0 h-full w-full object-contain"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            if (naturalWidth > 0) setHeight((pageWidthUnits * naturalHeight) / naturalWidth);
          }}
        />
        <Highlights highlights={props.highlights ?? []} heightUnits={heightUnits} />
      </span>
    </Paper>
  );
}
