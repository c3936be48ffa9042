'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { PlainImage } from './plain-image.tsx';

export interface ComparedPicture {
  src: string;
  alt: string;
  /** Stands at the picture's corner. */
  label: string;
  /** Only the proportions count, and only until the picture is there: room is kept for it. */
  widthPx: number;
  heightPx: number;
}

const step = 2;
const page = 10;
const clamp = (percent: number): number => Math.min(100, Math.max(0, percent));

/** Where a key leads from here; null for keys that mean nothing to a slider. */
export function percentAfter(key: string, percent: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return clamp(percent - step);
  if (key === 'ArrowRight' || key === 'ArrowUp') return clamp(percent + step);
  if (key === 'PageDown') return clamp(percent - page);
  if (key === 'PageUp') return clamp(percent + page);
  if (key === 'Home') return 0;
  return key === 'End' ? 100 : null;
}

const labelClass =
  'pointer-events-none absolute bottom-2 max-w-[45%] truncate rounded-full bg-surface/90 px-2 py-0.5 text-xs font-medium text-ink';

function Beside({ picture }: { picture: ComparedPicture }) {
  return (
    <figure className="min-w-0">
      <PlainImage
        src={picture.src}
        alt={picture.alt}
        width={picture.widthPx}
        height={picture.heightPx}
        className="mx-auto h-auto max-h-[60dvh] w-auto max-w-full rounded-md bg-sunken object-contain"
      />
      <figcaption className="mt-1 truncate text-center text-sm text-soft">{picture.label}</figcaption>
    </figure>
  );
}

/**
 * Two pictures, side by side or the first over the second up to a line that is moved by pointer, finger or keys. Knows nothing of what
 * they show, and has no words of its own.
 */
export function CompareSlider(props: {
  before: ComparedPicture;
  after: ComparedPicture;
  mode: 'over' | 'beside';
  /** What the slider is called. */
  sliderLabel: string;
  /** How its position is said. */
  shareText: (percent: number) => string;
}) {
  const { before, after, mode } = props;
  const [percent, setPercent] = useState(50);
  const [ratio, setRatio] = useState(before.widthPx / before.heightPx);
  const frame = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  if (mode === 'beside')
    return (
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Beside picture={before} />
        <Beside picture={after} />
      </div>
    );
  const follow = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box && box.width > 0) setPercent(clamp(Math.round(((event.clientX - box.left) / box.width) * 100)));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    handle.current?.focus({ preventScroll: true });
    follow(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = percentAfter(event.key, percent);
    if (next === null) return;
    event.preventDefault();
    setPercent(next);
  };
  const fit = ({ naturalWidth, naturalHeight }: HTMLImageElement) => {
    if (naturalWidth > 0 && naturalHeight > 0) setRatio(naturalWidth / naturalHeight);
  };
  const whole = 'pointer-events-none absolute inset-0 size-full object-contain select-none';
  return (
    <div
      ref={frame}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
      // A finger that moves up or down scrolls the page; one that moves sideways moves the line.
      className="relative mx-auto w-full touch-pan-y cursor-ew-resize overflow-hidden rounded-md bg-sunken select-none"
      style={{ aspectRatio: ratio, maxWidth: `calc(60dvh * ${ratio})` }}
    >
      <PlainImage src={after.src} alt={after.alt} draggable={false} className={whole} />
      <PlainImage
        src={before.src}
        alt={before.alt}
        draggable={false}
        // One that was there before the script has no word of its coming.
        ref={(image) => {
          if (image?.complete) fit(image);
        }}
        onLoad={({ currentTarget }) => fit(currentTarget)}
        className={whole}
        style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}
      />
      <span aria-hidden="true" className={`${labelClass} left-2 ${percent < 30 ? 'invisible' : ''}`}>
        {before.label}
      </span>
      <span aria-hidden="true" className={`${labelClass} right-2 ${percent > 70 ? 'invisible' : ''}`}>
        {after.label}
      </span>
      <div
        ref={handle}
        role="slider"
        tabIndex={0}
        aria-label={props.sliderLabel}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={props.shareText(percent)}
        onKeyDown={onKeyDown}
        className="group absolute inset-y-0 -ml-5.5 w-11 outline-none"
        style={{ left: `${percent}%` }}
      >
        <span
          aria-hidden="true"
          className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-surface shadow-[0_0_0_1px_rgb(0_0_0/0.35)]"
        />
        <span
          aria-hidden="true"
          className="absolute top-1/2 left-1/2 grid size-11 -translate-1/2 place-items-center rounded-full border border-line-strong bg-surface text-ink shadow-sm group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent"
        >
          <svg
            width="20"
            height="20"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path d="m8.500 7-5 5 5 5m7-10 5 5-5 5" />
          </svg>
        </span>
      </div>
    </div>
  );
}
