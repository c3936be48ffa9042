import { boundsOf } from '../../../domain/scheme/bounds.ts';
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';

export type HighlightKind = 'added' | 'removed' | 'changed' | 'shown';

export interface Highlight {
  record: SchemeRecord;
  kind: HighlightKind;
}

/** Not by colour alone: each kind has a line of its own, and the list beside the picture says it in words. */
const looks: Record<HighlightKind, { colour: string; dash?: string }> = {
  added: { colour: 'var(--settled)' },
  removed: { colour: 'var(--danger)', dash: '4 10' },
  changed: { colour: 'var(--attention)', dash: '16 9' },
  shown: { colour: 'var(--accent)' },
};

const room = 8;

/** Frames about marks, over a picture of the same proportions. */
export function Highlights(props: { highlights: readonly Highlight[]; heightUnits: number }) {
  if (props.highlights.length === 0) return null;
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox={`0 0 ${pageWidthUnits} ${props.heightUnits}`}
      className="pointer-events-none absolute inset-0 h-full w-full"
      fill="none"
    >
      {props.highlights.map(({ record, kind }) => {
        const { x, y, width, height } = boundsOf(record);
        const { colour, dash } = looks[kind];
        return (
          <g key={record.id}>
            <rect
              x={x - room}
              y={y - room}
              width={width + 2 * room}
              height={height + 2 * room}
              rx={14}
              stroke={colour}
              fill={colour}
              fillOpacity={0.08}
              strokeWidth={kind === 'shown' ? 5 : 4}
              strokeDasharray={dash}
              strokeLinecap="round"
            />
          </g>
        );
      })}
    </svg>
  );
}
