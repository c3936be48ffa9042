/** Editors without a browser: a document, a store and the binding between them, and a wire that is as slow as a test wants. */
import { createTLSchema, createTLStore, defaultShapeSchemas, PageRecordType, ZERO_INDEX_KEY } from 'tldraw';
import * as Y from 'yjs';
import { recordsKey } from '../../src/domain/scheme/layout.ts';
import { type SchemeRecord, schemeRecord } from '../../src/domain/scheme/marks.ts';
import { type Binding, bindStore } from '../../src/ui/zones/bind-store/bind-store.ts';
import { readRecord } from '../../src/domain/scheme/read-record.ts';
import {
  type EditorRecord,
  type EditorStore,
  isShape,
  type StoreChanges,
} from '../../src/ui/zones/bind-store/editor-store.ts';

type Listener = (entry: { changes: StoreChanges }) => void;

/** The least that is a store: it tells of changes by hand in the next frame, which comes when `frame` is called or somebody listens. */
export class PlainStore implements EditorStore {
  private readonly records = new Map<string, EditorRecord>();
  private readonly listeners = new Set<Listener>();
  private held: StoreChanges[] = [];
  private isRemote = false;

  listen(onChange: Listener): () => void {
    this.frame();
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  }
  frame(): void {
    const held = this.held;
    this.held = [];
    for (const changes of held) for (const listener of this.listeners) listener({ changes });
  }
  mergeRemoteChanges(change: () => void): void {
    this.isRemote = true;
    try {
      change();
    } finally {
      this.isRemote = false;
    }
  }
  put(records: EditorRecord[]): void {
    for (const record of records) {
      const before = this.records.get(record.id);
      this.records.set(record.id, record);
      this.tell({
        added: before ? {} : { [record.id]: record },
        updated: before ? { [record.id]: [before, record] } : {},
        removed: {},
      });
    }
  }
  remove(ids: string[]): void {
    for (const id of ids) {
      const before = this.records.get(id);
      if (!before) continue;
      this.records.delete(id);
      this.tell({ added: {}, updated: {}, removed: { [id]: before } });
    }
  }
  private tell(changes: StoreChanges): void {
    if (!this.isRemote) this.held.push(changes);
  }
  get(id: string): EditorRecord | undefined {
    return this.records.get(id);
  }
  allRecords(): EditorRecord[] {
    return [...this.records.values()];
  }
}

/** tldraw's own store, with our shapes as the page registers them and the one page a scheme has. */
export function tldrawStore(): EditorStore {
  const own = ['injection', 'area', 'path', 'finding'];
  const store = createTLStore({
    schema: createTLSchema({
      shapes: { ...defaultShapeSchemas, ...Object.fromEntries(own.map((type) => [type, {}])) },
    }),
  });
  const id = PageRecordType.createId('scheme');
  store.put([PageRecordType.create({ id, name: 'scheme', index: ZERO_INDEX_KEY })]);
  return store;
}

export interface Editor {
  doc: Y.Doc;
  store: EditorStore;
  binding: Binding;
  refused: string[];
  /** Updates this document gave out for others. */
  sent: Uint8Array[];
}

export function newEditor(store: EditorStore = new PlainStore(), clientId?: number): Editor {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  const refused: string[] = [];
  const sent: Uint8Array[] = [];
  const binding = bindStore({
    doc,
    store,
    onRefused: (id) => refused.push(id),
    later: () => () => undefined,
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'wire') sent.push(update);
  });
  return { doc, store, binding, refused, sent };
}

/** Gives everybody everything, however often it takes. */
export function meet(...editors: Editor[]): void {
  for (const { binding } of editors) binding.flush();
  for (const from of editors)
    for (const to of editors)
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'wire');
}

export function injection(
  id: string,
  change: Partial<{ x: number; y: number; hue: number }> = {},
): SchemeRecord {
  return schemeRecord.parse({
    id: `shape:${id}`,
    typeName: 'shape',
    type: 'injection',
    parentId: 'page:scheme',
    index: 'a1',
    x: change.x ?? 100,
    y: change.y ?? 100,
    rotation: 0,
    isLocked: false,
    opacity: 1,
    meta: {},
    props: { given: null, hue: change.hue ?? 1, depth: null, tool: 'needle' },
  });
}

export function stroke(
  id: string,
  points: { x: number; y: number; z?: number }[],
  isComplete = false,
): SchemeRecord {
  return schemeRecord.parse({
    ...injection(id),
    type: 'draw',
    props: {
      color: 'black',
      fill: 'none',
      dash: 'draw',
      size: 'm',
      segments: [{ type: 'free', points }],
      isComplete,
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  });
}

export function held(editor: Editor, id: string): SchemeRecord | null {
  const record = editor.store.get(`shape:${id}`);
  return record ? schemeRecord.parse(record) : null;
}
/** The hand of one editor: what a tool does to the store. */
export const hand = {
  draw: (editor: Editor, record: SchemeRecord) => editor.store.put([record]),
  move: (editor: Editor, id: string, x: number, y = 100) =>
    change(editor, id, (record) => ({ ...record, x, y })),
  recolour: (editor: Editor, id: string, hue: number) =>
    change(editor, id, (record) =>
      record.type === 'injection' ? { ...record, props: { ...record.props, hue } } : record,
    ),
  delete: (editor: Editor, id: string) => editor.store.remove([`shape:${id}`]),
};

function change(editor: Editor, id: string, how: (record: SchemeRecord) => SchemeRecord): void {
  const record = held(editor, id);
  if (record) editor.store.put([how(record)]);
}

export const shapesOf = (store: EditorStore): Record<string, EditorRecord> =>
  Object.fromEntries(
    store
      .allRecords()
      .filter(isShape)
      .map((record): [string, EditorRecord] => [record.id, record])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** What a document says, as every editor has to show it. */
export function recordsOf(doc: Y.Doc): Record<string, EditorRecord> {
  const found: [string, EditorRecord][] = [];
  for (const [id, entries] of doc.getMap(recordsKey).entries()) {
    const record = entries instanceof Y.Map ? readRecord(id, new Map(entries.entries())) : null;
    if (record) found.push([id, record]);
  }
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}
