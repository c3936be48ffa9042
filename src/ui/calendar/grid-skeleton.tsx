import { Skeleton } from '@mantine/core';
import { Loading } from '../kit/skeletons.tsx';
import { axisWidth, headerHeight } from './geometry.ts';

const blocks: readonly (readonly [top: number, height: number])[] = [
  [4, 9],
  [15, 7],
  [26, 12],
  [44, 8],
  [55, 10],
  [70, 7],
];

/** The grid in its final shape before its visits are here. */
export function GridSkeleton({ columns = 6 }: { columns?: number }) {
  return (
    <div className="h-full overflow-hidden rounded-md border border-line bg-surface">
      <Loading>
        <div className="flex border-b border-line" style={{ height: headerHeight, paddingLeft: axisWidth }}>
          {Array.from({ length: columns }, (_, index) => (
            <div key={`head-${index}`} className="flex flex-1 items-center gap-2 border-l border-line px-2">
              <Skeleton circle height={28} width={28} />
              <Skeleton height={10} width="50%" />
            </div>
          ))}
        </div>
        <div className="flex h-[70dvh]" style={{ paddingLeft: axisWidth }}>
          {Array.from({ length: columns }, (_, column) => (
            <div key={`lane-${column}`} className="relative flex-1 border-l border-line">
              {blocks
                .filter((_, index) => (index + column) % 3 !== 0)
                .map(([top, height]) => (
                  <div
                    key={top}
                    className="absolute inset-x-1"
                    style={{ top: `${top + (column % 3) * 2}%`, height: `${height}%` }}
                  >
                    <Skeleton height="100%" radius="sm" />
                  </div>
                ))}
            </div>
          ))}
        </div>
      </Loading>
    </div>
  );
}
