'use client';

import { DefaultShapeIndicator, type TLShapeId, useEditor, useValue } from 'tldraw';

const none: readonly TLShapeId[] = [];
const shownIn = [
  'select.idle',
  'select.brushing',
  'select.scribble_brushing',
  'select.editing_shape',
  'select.pointing_shape',
  'select.pointing_selection',
  'select.pointing_handle',
];

/**
 * Outlines of what is selected or under the pointer. The editor's own makes one for every shape and hides it, which is half the work of
 * opening a drawing of many strokes.
 */
export function Indicators() {
  const editor = useEditor();
  const ids = useValue('indicated', () => {
    if (!editor.isInAny(...shownIn) || editor.getInstanceState().isChangingStyle) return none;
    const { isCoarsePointer, isHoveringCanvas } = editor.getInstanceState();
    const hovered = isHoveringCanvas && !isCoarsePointer ? editor.getHoveredShapeId() : null;
    const selected = editor.getSelectedShapeIds();
    return hovered && !selected.includes(hovered) ? [...selected, hovered] : selected;
  }, [editor]);
  return ids.map((id) => <DefaultShapeIndicator key={id} shapeId={id} />);
}
