'use client';

import { useLayoutEffect, useRef } from 'react';
import { DefaultCanvas, react, useEditor } from 'tldraw';
import { Paper } from './paper.tsx';
import { StrokePainter } from './stroke-painter.ts';
import { strokeLayers } from './strokes.ts';

/** The editor's canvas without the strokes, which it would make a component of each. */
export function Canvas() {
  strokeLayers(useEditor());
  return <DefaultCanvas />;
}

/** What lies among the shapes and isn't one of them. */
export function Ground() {
  return (
    <>
      <Paper />
      <Strokes />
    </>
  );
}

function Strokes() {
  const editor = useEditor();
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const painter = new StrokePainter(host.current);
    const layers = strokeLayers(editor);
    const stop = react('strokes', () => painter.show(layers.get()));
    return () => {
      stop();
      painter.show([]);
    };
  }, [editor]);
  // No box of its own: its sheets lie between the shapes, by their order.
  return <div ref={host} className="contents" aria-hidden="true" />;
}
