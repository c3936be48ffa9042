'use client';

import { useMemo, useState } from 'react';
import {
  DefaultDashStyle,
  DefaultFontStyle,
  DefaultSelectionForeground,
  DefaultSizeStyle,
  type Editor,
  react,
  registerDefaultSideEffects,
  TldrawEditor,
  TldrawHandles,
  TldrawScribble,
  type TLCameraOptions,
  type TLEditorComponents,
  type TLStore,
} from 'tldraw';
import 'tldraw/tldraw.css';
import './drawing.css';
import { pageWidthUnits } from '../../../domain/scheme/template-key.ts';
import { assetUrls } from './asset-urls.ts';
import { plainText } from './free-utils.tsx';
import { Indicators } from './indicators.tsx';
import { Overlays } from './overlays.tsx';
import { widenReach } from './reach.ts';
import { Canvas, Ground } from './stroke-sheets.tsx';
import { OthersContext, type OtherPerson, type Surroundings, SurroundingsContext } from './surroundings.ts';
import { bindingUtils, shapeUtils, tools } from './tools.ts';

const components: TLEditorComponents = {
  Background: null,
  Grid: null,
  SnapIndicator: null,
  Spinner: null,
  LoadingScreen: null,
  Canvas,
  OnTheCanvas: Ground,
  Overlays,
  Scribble: TldrawScribble,
  ShapeIndicators: Indicators,
  SelectionForeground: DefaultSelectionForeground,
  Handles: TldrawHandles,
};

/** The editor's bounds of a record are the server's; a wide margin hits for gloves; nothing moves the page at its edges. */
const options = {
  maxPages: 1,
  maxShapesPerPage: 5_000,
  hitTestMargin: 12,
  coarseHandleRadius: 22,
  edgeScrollSpeed: 0,
  createTextOnCanvasDoubleClick: false,
} as const;

/** The page fits the screen, and can't be lost from sight. */
const cameraOf = (heightUnits: number): Partial<TLCameraOptions> => ({
  wheelBehavior: 'zoom',
  zoomSteps: [1, 1.5, 2, 3, 4, 6, 8],
  constraints: {
    bounds: { x: 0, y: 0, w: pageWidthUnits, h: heightUnits },
    padding: { x: 16, y: 16 },
    origin: { x: 0.5, y: 0.5 },
    initialZoom: 'fit-max',
    baseZoom: 'fit-max',
    behavior: 'contain',
  },
});

/** A page that fits the screen still does when the screen is turned or the panel opens. */
function keepFit(editor: Editor): () => void {
  let base = editor.getBaseZoom();
  return react('keep fit', () => {
    const next = editor.getBaseZoom();
    const wasFit = Math.abs(editor.getCamera().z / base - 1) < 0.02;
    if (next === base) return;
    base = next;
    if (wasFit) editor.setCamera(editor.getCamera(), { reset: true, immediate: true });
  });
}

/** The drawing itself, without anything around it: ground, shapes, tools, and the mark of who made the editor. */
export default function DrawingCanvas(props: {
  store: TLStore;
  surroundings: Surroundings;
  others: readonly OtherPerson[];
  label: string;
  licenseKey: string | null;
  onMount: (editor: Editor) => (() => void) | undefined;
}) {
  const { onMount } = props;
  const { ground, under, faulty } = props.surroundings;
  const surroundings = useMemo(() => ({ ground, under, faulty }), [ground, under, faulty]);
  const [camera] = useState(() => cameraOf(props.surroundings.ground.heightUnits));
  const [named] = useState(() => ({ ...options, branding: props.label }));
  return (
    <SurroundingsContext value={surroundings}>
      <OthersContext value={props.others}>
        <TldrawEditor
          className="drawing-canvas"
          store={props.store}
          shapeUtils={shapeUtils}
          bindingUtils={bindingUtils}
          tools={tools}
          components={components}
          initialState="select"
          cameraOptions={camera}
          options={named}
          textOptions={plainText}
          assetUrls={assetUrls}
          licenseKey={props.licenseKey ?? undefined}
          onMount={(editor) => {
            const leave = registerDefaultSideEffects(editor);
            widenReach(editor);
            editor.user.updateUserPreferences({
              colorScheme: 'light',
              isSnapMode: false,
              edgeScrollSpeed: 0,
            });
            editor.setStyleForNextShapes(DefaultFontStyle, 'sans');
            editor.setStyleForNextShapes(DefaultSizeStyle, 'm');
            editor.setStyleForNextShapes(DefaultDashStyle, 'draw');
            editor.setCamera(editor.getCamera(), { reset: true, immediate: true });
            const left = onMount(editor);
            const stopFitting = keepFit(editor);
            return () => {
              left?.();
              stopFitting();
              leave();
            };
          }}
        />
      </OthersContext>
    </SurroundingsContext>
  );
}
