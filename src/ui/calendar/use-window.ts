'use client';

import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { axisWidth, laneWidthFor } from './geometry.ts';

const spare = 2;
/** Scrolling by less than this makes nothing new. */
const quantumPx = 64;

/** How wide a column is and which of them can be seen: only those, and a few on either side, are made. */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, lanes: number, isWeek: boolean) {
  const [sight, setSight] = useState({ width: 0, left: 0 });
  const measure = () => {
    const element = scroller.current;
    if (!element) return;
    const width = element.clientWidth;
    const left = Math.floor(element.scrollLeft / quantumPx) * quantumPx;
    setSight((now) => (now.width === width && now.left === left ? now : { width, left }));
  };
  const onChange = useEffectEvent(measure);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => onChange());
    observer.observe(element);
    const onScroll = () => onChange();
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
  const laneWidth = laneWidthFor(sight.width, lanes, isWeek);
  // Before the first measuring nothing can be seen.
  const right = sight.width === 0 ? 0 : sight.left + quantumPx + sight.width - axisWidth;
  const first = Math.max(0, Math.floor(sight.left / laneWidth) - spare);
  const last = right === 0 ? first : Math.min(lanes, Math.ceil(right / laneWidth) + spare);
  return { laneWidth, range: [Math.min(first, last), last] as const, measure };
}
