'use client';

import { templateKey } from '../../../domain/scheme/template-key.ts';
import { PlainImage } from '../../pictures/plain-image.tsx';
import { LazySketch } from './lazy-sketch.tsx';
import { Paper } from './paper.tsx';

interface Pictured {
  thumbnail: string | null;
  templateKey: string | null;
}

/** The newest finished picture; of a first draft what it is drawn on. Beside words that name it. */
export function DrawingThumbnail({ drawing, className = '' }: { drawing: Pictured; className?: string }) {
  const known = templateKey.safeParse(drawing.templateKey);
  return (
    <Paper className={`aspect-[4/5] p-1 ${className}`}>
      {drawing.thumbnail !== null ? (
        <PlainImage
          src={drawing.thumbnail}
          alt=""
          loading="lazy"
          decoding="async"
          className="h-full w-full object-contain"
        />
      ) : (
        known.success && <LazySketch templateKey={known.data} />
      )}
    </Paper>
  );
}
