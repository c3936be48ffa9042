/** What the editor knows of steps, and of undoing them: its tools set a stopping point as each gesture begins. */
import type { Undo } from './undo.ts';

export interface EditorWithHistory {
  markHistoryStoppingPoint(name?: string): string;
  undo(): unknown;
  redo(): unknown;
}

/** The editor's stopping points are ours as well, and its undo and redo, by key or button, are ours instead. The answer ends it. */
export function followEditor(editor: EditorWithHistory, undo: Undo): () => void {
  const { markHistoryStoppingPoint, undo: editorUndo, redo: editorRedo } = editor;
  editor.markHistoryStoppingPoint = (name) => {
    undo.mark();
    return markHistoryStoppingPoint.call(editor, name);
  };
  editor.undo = () => {
    undo.undo();
    return editor;
  };
  editor.redo = () => {
    undo.redo();
    return editor;
  };
  return () => Object.assign(editor, { markHistoryStoppingPoint, undo: editorUndo, redo: editorRedo });
}
