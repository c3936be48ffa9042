'use client';

import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { axisWidth, laneWidthFor } from './geometry.ts';

const spare = 2;

/** How wide a column is and which of them can be seen: only those, and a few on either side, are made. */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, lanes: number, isWeek: boolean) {
  const [width, setWidth] = useState(0);
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const laneWidth = laneWidthFor(width, lanes, isWeek);

  const measure = () => {
    const element = scroller.current;
    if (!element) return;
    if (element.clientWidth !== width) setWidth(element.clientWidth);
    const wide = laneWidthFor(element.clientWidth, lanes, isWeek);
    const first = Math.max(0, Math.floor(element.scrollLeft / wide) - spare);
    const last = Math.min(
      lanes,
      Math.ceil((element.scrollLeft + element.clientWidth - axisWidth) / wide) + spare,
    );
    setRange((now) => (now[0] === first && now[1] === last ? now : [first, last]));
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
  useEffect(() => onChange(), [lanes, isWeek]);
  return { laneWidth, range, measure };
}
