'use client';

import { useContext } from 'react';
import { type TLShapeId, TldrawOverlays, useEditor, useValue } from 'tldraw';
import { hexOfHue } from '../../../domain/scheme/palette.ts';
import { areaView, pathView } from '../../../domain/scheme/mark-look.ts';
import { FigureView } from './figure-view.tsx';
import { sketchOf } from './line-tools.ts';
import { OthersContext, type OtherPerson, useSurroundings } from './surroundings.ts';

/** Above the shapes: the line under one's own hand, marks that want a look, and where the others are. */
export function Overlays() {
  const { faulty } = useSurroundings();
  const others = useContext(OthersContext);
  return (
    <>
      <TldrawOverlays />
      <Sketch />
      {[...faulty].map((id) => (
        <Frame key={id} id={id} colour="var(--danger)" wide />
      ))}
      {others.map((other) => (
        <Other key={other.key} other={other} />
      ))}
    </>
  );
}

function Sketch() {
  const editor = useEditor();
  const sketch = useValue('sketch', () => sketchOf(editor).get(), [editor]);
  if (sketch === null || sketch.points.length < 2) return null;
  const { points, hue } = sketch;
  const figures =
    sketch.kind === 'area'
      ? points.length < 3
        ? []
        : areaView({
            points: [...points],
            technique: 'other',
            label: '',
            settings: '',
            passes: 1,
            given: null,
            hue,
          })
      : pathView({ points: [...points], kind: 'cannula', given: null, hue, depth: null });
  return (
    <svg className="tl-overlays__item" aria-hidden="true">
      <FigureView figures={figures} hue={hue} />
    </svg>
  );
}

const isShapeId = (id: string): id is TLShapeId => id.startsWith('shape:');

function Frame({ id, colour, wide = false }: { id: string; colour: string; wide?: boolean }) {
  const editor = useEditor();
  const box = useValue('frame', () => {
    const bounds = isShapeId(id) ? editor.getShapePageBounds(id) : undefined;
    return bounds ? bounds.clone().expandBy((wide ? 12 : 6) / editor.getZoomLevel()) : null;
  }, [editor, id, wide]);
  const zoom = useValue('zoom', () => editor.getZoomLevel(), [editor]);
  if (!box) return null;
  return (
    <svg className="tl-overlays__item" aria-hidden="true">
      <rect
        x={box.x}
        y={box.y}
        width={box.w}
        height={box.h}
        rx={8 / zoom}
        fill="none"
        stroke={colour}
        strokeWidth={2 / zoom}
        strokeDasharray={wide ? undefined : `${5 / zoom} ${4 / zoom}`}
      />
    </svg>
  );
}

function Other({ other }: { other: OtherPerson }) {
  const editor = useEditor();
  const zoom = useValue('zoom', () => editor.getZoomLevel(), [editor]);
  const colour = hexOfHue(other.hue);
  return (
    <>
      {other.selected.map((id) => (
        <Frame key={id} id={id} colour={colour} />
      ))}
      {other.cursor !== null && (
        <div
          className="absolute top-0 left-0 origin-top-left"
          style={{
            transform: `translate(${other.cursor.x}px, ${other.cursor.y}px) scale(${1 / zoom})`,
            pointerEvents: 'none',
          }}
          data-other={other.name}
        >
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" className="block">
            <path
              d="M2 1.500 7.200 17l2.600-6.300L16.300 8Z"
              fill={colour}
              stroke="#ffffff"
              strokeWidth="1.500"
              strokeLinejoin="round"
            />
          </svg>
          <span
            className="absolute top-4 left-3 max-w-40 truncate rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap"
            style={{ background: colour, color: '#ffffff' }}
          >
            {other.name}
          </span>
        </div>
      )}
    </>
  );
}
