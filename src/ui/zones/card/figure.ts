'use client';

import { useState } from 'react';

export const figures = ['female', 'male'] as const;
export type Figure = (typeof figures)[number];

const storageKey = 'drawing-figure';

function keptFigure(): Figure {
  try {
    return window.localStorage.getItem(storageKey) === 'male' ? 'male' : 'female';
  } catch {
    return 'female'; // a browser that keeps nothing
  }
}

/** The proportions chosen last on this device. Only for what is opened by a press: there is none of it on the server. */
export function useFigure(): [Figure, (figure: Figure) => void] {
  const [figure, setFigure] = useState(keptFigure);
  return [
    figure,
    (next) => {
      setFigure(next);
      try {
        window.localStorage.setItem(storageKey, next);
      } catch {
        // chosen for now
      }
    },
  ];
}
