/** A drawing of this page alone, with the same undo as one that is shared. */
import * as Y from 'yjs';
import { bindStore } from '../bind-store/bind-store.ts';
import { makeStore } from '../drawing/tools.ts';
import type { DrawingLine, LineState } from './line.ts';

export function localLine(): DrawingLine {
  const store = makeStore();
  const binding = bindStore({ doc: new Y.Doc(), store });
  const { undo } = binding;
  const at = (): LineState => ({
    keeping: 'saved',
    access: null,
    others: [],
    ended: null,
    canUndo: undo.state.canUndo,
    canRedo: undo.state.canRedo,
    hasFound: false,
  });
  let state = at();
  const listeners = new Set<() => void>();
  undo.subscribe(() => {
    state = at();
    for (const listener of listeners) listener();
  });
  return {
    store,
    read: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    stop: () => undo.mark(),
    showCursor: () => undefined,
    showSelected: () => undefined,
    takeFound: () => undefined,
    leaveFound: () => undefined,
  };
}
