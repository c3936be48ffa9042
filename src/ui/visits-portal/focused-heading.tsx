'use client';
'use no memo';

import { type ReactNode, useEffect, useRef } from 'react';

/** The page's title, read out as somebody arrives from the step before. */
export function FocusedHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className="text-title font-semibold tracking-tight">
      {children}
    </h1>
  );
}
