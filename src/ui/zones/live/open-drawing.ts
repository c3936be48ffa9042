/** A drawing as a page opens it: its document, the line to the collab-server, what the device kept, and the editor bound to it. */
import * as Y from 'yjs';
import { recordsKey } from '../../../domain/scheme/layout.ts';
import { type Binding, bindStore } from '../bind-store/bind-store.ts';
import type { EditorStore } from '../bind-store/editor-store.ts';
import type { Shelf, ShelfRecord } from './kept-on-device.ts';
import { LiveLine, type LineOptions } from './live-line.ts';
import { ShelfKeeper } from './shelf-keeper.ts';

export interface DrawingOptions extends Omit<LineOptions, 'doc'> {
  /** Of the scheme as the page has read it: what was drawn on an earlier one isn't merged. */
  generation: number;
  /** None where the device may keep nothing, as for a guest on the clinic's tablet. */
  shelf?: Shelf;
  /** A mark that may not lie in a scheme was taken back. */
  onRefused?: (id: string) => void;
}

export interface FoundOnDevice {
  /** Drawn here before and never acknowledged: taken in again. */
  mergedCount: number;
  /** Drawn on a beginning that was thrown back: for the page to show, and to forget. */
  earlier: readonly ShelfRecord[];
  forgetEarlier(): Promise<void>;
}

export interface Drawing {
  readonly doc: Y.Doc;
  readonly line: LiveLine;
  readonly found: FoundOnDevice;
  /** Binds the editor's store, or another in its place; the answer holds undo and `flush`. */
  bind(store: EditorStore): Binding;
  readonly binding: Binding | null;
  /** Writes what waits, on the way out of the page. */
  flush(): void;
  close(): Promise<void>;
}

const fromShelf = { is: 'kept on the device' };

export async function openDrawing(options: DrawingOptions): Promise<Drawing> {
  const { schemeId, generation, shelf, onRefused, ...lineOptions } = options;
  const doc = new Y.Doc();
  doc.getMap(recordsKey);
  const line = new LiveLine({ ...lineOptions, schemeId, doc });
  // a shelf that fails is an empty one: drawing goes on
  const found = await shelf?.find(schemeId, generation).catch(() => null);
  const keeper = shelf && new ShelfKeeper(line, shelf, { schemeId, generation, tab: String(doc.clientID) });
  for (const { update } of found?.own ?? [])
    line.addFound(update, (each) => Y.applyUpdate(doc, each, fromShelf));
  const forgetOwn = line.on('unkept', ({ isEmpty }) => {
    if (!isEmpty || !shelf || !found) return;
    forgetOwn();
    void shelf.forgetFound(found.own).catch(() => undefined);
  });
  let binding: Binding | null = null;
  const mayDraw = () => line.access === null || line.access.mode === 'draw';
  line.on('access', () => binding?.setWritable(mayDraw()));
  const flush = () => {
    binding?.flush();
    void keeper?.flush();
  };
  const stopFlushing = onLeaving(flush);
  line.open();
  return {
    doc,
    line,
    found: {
      mergedCount: found?.own.length ?? 0,
      earlier: found?.earlier ?? [],
      forgetEarlier: async () => shelf?.forgetFound(found?.earlier ?? []),
    },
    bind(store) {
      binding?.close();
      binding = bindStore({ doc, store, ...(onRefused ? { onRefused } : {}) });
      binding.setWritable(mayDraw());
      return binding;
    },
    get binding() {
      return binding;
    },
    flush,
    async close() {
      stopFlushing();
      binding?.close();
      await keeper?.close();
      line.close();
      doc.destroy();
    },
  };
}

/** A page that is hidden may never be seen again: phones end it without a word. */
function onLeaving(flush: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const hidden = () => document.visibilityState === 'hidden' && flush();
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', hidden);
  return () => {
    window.removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', hidden);
  };
}
