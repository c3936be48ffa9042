/** Ties an editor to its line: one's own undo instead of the editor's, its stopping points, and where one's cursor is. */
import { type Editor, react } from 'tldraw';
import type { DrawingLine } from './line.ts';

const cursorEveryMs = 50;

export function joinLine(editor: Editor, line: DrawingLine): () => void {
  const mark = editor.markHistoryStoppingPoint.bind(editor);
  editor.markHistoryStoppingPoint = (name) => {
    line.stop();
    return mark(name);
  };
  // The editor's own history knows nothing of the others: it only serves to give up a gesture half-way.
  editor.undo = () => {
    line.undo();
    return editor;
  };
  editor.redo = () => {
    line.redo();
    return editor;
  };
  const stopSelected = react('selected', () => line.showSelected(editor.getSelectedShapeIds()));
  const stopCursor = followCursor(editor, line);
  return () => {
    stopSelected();
    stopCursor();
  };
}

/** The pointer on the paper, some twenty times a second; nobody's where it has left. */
function followCursor(editor: Editor, line: DrawingLine): () => void {
  const box = editor.getContainer();
  let at: { x: number; y: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = (next: typeof at) => {
    at = next;
    timer ??= setTimeout(() => {
      timer = null;
      line.showCursor(at);
    }, cursorEveryMs);
  };
  const onMove = (event: PointerEvent) => {
    const { x, y } = editor.screenToPage({ x: event.clientX, y: event.clientY });
    show({ x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 });
  };
  const onLeave = (event: PointerEvent) => {
    // A finger that was lifted still points at what it showed.
    if (event.pointerType !== 'touch') show(null);
  };
  box.addEventListener('pointermove', onMove);
  box.addEventListener('pointerdown', onMove);
  box.addEventListener('pointerleave', onLeave);
  return () => {
    if (timer) clearTimeout(timer);
    box.removeEventListener('pointermove', onMove);
    box.removeEventListener('pointerdown', onMove);
    box.removeEventListener('pointerleave', onLeave);
  };
}
