'use client';

import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';
import { useSurroundings } from './surroundings.ts';

const weights = { outline: 3, feature: 2.2, fine: 1.4 } as const;

/** The ground under the marks: no record, so that nobody moves, erases or sends it. */
export function Paper() {
  const { ground, under } = useSurroundings();
  const box = { width: pageWidthUnits, height: ground.heightUnits };
  return (
    <div className="pointer-events-none absolute top-0 left-0" style={box} aria-hidden="true">
      {ground.kind === 'picture' ? (
        // oxlint-disable-next-line next/no-img-element -- it is the record's own picture, by the record's rights
        <img src={ground.href} alt="" draggable={false} className="absolute inset-0 size-full max-w-none" />
      ) : (
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          className="absolute inset-0 size-full overflow-visible"
          fill="none"
          stroke="var(--drawing-outline)"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          {ground.paths.map(({ d, weight }) => (
            <path key={d} d={d} strokeWidth={weights[weight]} />
          ))}
        </svg>
      )}
      {under !== null && (
        // oxlint-disable-next-line next/no-img-element -- made on this page, of an earlier scheme's records
        <img
          src={under}
          alt=""
          draggable={false}
          className="absolute inset-0 size-full max-w-none mix-blend-multiply"
        />
      )}
    </div>
  );
}
