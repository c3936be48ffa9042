'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { DefaultColorStyle, type Editor } from 'tldraw';
import type { DrawingMode } from '../../../domain/scheme/wire.ts';
import DrawingCanvas from '../drawing/drawing-canvas.tsx';
import { recordOf } from '../drawing/records.ts';
import { penOfHue } from '../drawing/pen-colour.ts';
import type { Ground } from '../drawing/surroundings.ts';
import { useEditorKeys } from './editor-keys.ts';
import type { DrawingLine, LineState } from './line.ts';
import type { Mirroring } from './mirroring.ts';
import { joinLine } from './join-line.ts';
import { SaveState } from './save-state.tsx';
import { SquareButton } from './square-button.tsx';
import { ToolRail } from './tool-rail.tsx';
import type { ProductChoice } from './types.ts';
import { WhoIsHere } from './who-is-here.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';

export interface SurfaceProps {
  who: 'staff' | 'guest';
  mode: DrawingMode;
  line: DrawingLine;
  ground: Ground;
  under: string | null;
  faulty: ReadonlySet<string>;
  label: string;
  licenseKey: string | null;
  products: readonly ProductChoice[];
  mirror: ((editor: Editor) => void) | null;
  /** In the bar before and after what everybody has. */
  start: ReactNode;
  end: ReactNode;
  /** Over the paper's upper edge: what is said there moves nothing. */
  banner: ReactNode;
  /** Between the drawing and, on a phone, its tools. */
  quick: ReactNode;
  /** At the paper's upper left corner, where there is no room beside it. */
  corner: ReactNode;
  panel: ReactNode;
  onEditor: (editor: Editor | null) => void;
}

const nobody: readonly ProductChoice[] = [];

export const useLineState = (line: DrawingLine): LineState =>
  useSyncExternalStore(
    (changed) => line.subscribe(changed),
    () => line.read(),
    () => line.read(),
  );

/** The drawing with the whole screen: for the staff with everything around it, for a guest with a pen. */
export function DrawingSurface(props: SurfaceProps) {
  const { line, mode, who } = props;
  const t = useTranslations('zones.editor');
  const [editor, setEditor] = useState<Editor | null>(null);
  const state = useLineState(line);
  const mayDraw = mode === 'draw' && state.ended === null;
  const hue = state.access?.hue ?? null;
  const { onEditor } = props;

  useEffect(() => {
    if (!editor) return;
    editor.updateInstanceState({ isReadonly: !mayDraw });
    if (!mayDraw) editor.setCurrentTool('hand');
    else if (who === 'guest') editor.setCurrentTool('draw');
    else if (editor.getCurrentToolId() === 'hand') editor.setCurrentTool('select');
  }, [editor, mayDraw, who]);
  useEffect(() => {
    if (editor && who === 'guest' && hue !== null)
      editor.setStyleForNextShapes(DefaultColorStyle, penOfHue(hue));
  }, [editor, who, hue]);

  const mirroring: Mirroring | null = props.mirror && editor ? () => props.mirror?.(editor) : null;
  return (
    <div className="fixed inset-0 flex flex-col bg-page text-ink" data-drawing={mode}>
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line bg-surface px-1.5 md:gap-2 md:px-3">
        {props.start}
        <div className="ml-auto flex min-w-0 items-center gap-1.5 md:gap-3">
          <WhoIsHere me={state.access} others={state.others} />
          <SaveState
            state={
              mayDraw || state.ended === null ? (mode === 'draw' ? state.keeping : 'readOnly') : 'readOnly'
            }
          />
        </div>
        {mode === 'draw' && (
          <div className="flex">
            <SquareButton
              icon="undo"
              label={t('undo')}
              keys="⌘Z"
              disabled={!state.canUndo || !mayDraw}
              onClick={() => line.undo()}
            />
            <SquareButton
              icon="redo"
              label={t('redo')}
              keys="⇧⌘Z"
              disabled={!state.canRedo || !mayDraw}
              onClick={() => line.redo()}
            />
          </div>
        )}
        {props.end}
      </header>
      <div className="relative flex min-h-0 flex-1 max-md:flex-col">
        {editor && mayDraw && <ToolRail editor={editor} who={who} mirroring={mirroring} />}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <main className="relative min-h-0 min-w-0 flex-1">
            <DrawingCanvas
              store={line.store}
              label={props.label}
              licenseKey={props.licenseKey}
              others={state.others}
              surroundings={{
                ground: props.ground,
                under: props.under,
                faulty: props.faulty,
              }}
              onMount={(mounted) => {
                const leave = joinLine(mounted, line);
                if (who === 'guest') onlyOwn(mounted, line);
                setEditor(mounted);
                onEditor(mounted);
                return () => {
                  leave();
                  setEditor(null);
                  onEditor(null);
                };
              }}
            />
            {editor && <ZoomButtons editor={editor} />}
            <div className="pointer-events-none absolute inset-x-2 top-2 z-20 flex flex-col items-center gap-2">
              {props.banner}
              {props.corner}
            </div>
          </main>
          {mayDraw && props.quick}
        </div>
        {props.panel}
      </div>
      {editor && (
        <Keys
          editor={editor}
          isReadonly={!mayDraw}
          isGuest={who === 'guest'}
          line={line}
          products={props.products ?? nobody}
          mirror={mirroring}
        />
      )}
    </div>
  );
}

/** A guest's eraser takes away what is of their own colour, and nothing of the specialist's. */
function onlyOwn(editor: Editor, line: DrawingLine): void {
  editor.isShapeOrAncestorLocked = (shape) => {
    const own = shape && typeof shape !== 'string' && recordOf(shape);
    const hue = line.read().access?.hue;
    return !(own && own.type === 'draw' && hue !== undefined && own.props.color === penOfHue(hue));
  };
}

function Keys(props: {
  editor: Editor;
  isReadonly: boolean;
  isGuest: boolean;
  line: DrawingLine;
  products: readonly ProductChoice[];
  mirror: (() => void) | null;
}) {
  const { line, ...keys } = props;
  useEditorKeys({
    ...keys,
    undo: () => !props.isReadonly && line.undo(),
    redo: () => !props.isReadonly && line.redo(),
  });
  return null;
}
