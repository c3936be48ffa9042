/** What the binding needs of the editor's store: tldraw's own has more, and so may a test's. */
export interface EditorRecord {
  readonly id: string;
  readonly typeName: string;
}

export interface StoreChanges {
  readonly added: Readonly<Record<string, EditorRecord>>;
  readonly updated: Readonly<Record<string, readonly [EditorRecord, EditorRecord]>>;
  readonly removed: Readonly<Record<string, EditorRecord>>;
}

export interface EditorStore {
  /** A new listener makes the store tell the others first what it still held back for the next frame. */
  listen(
    onChange: (entry: { changes: StoreChanges }) => void,
    filters: { scope: 'document'; source: 'user' },
  ): () => void;
  mergeRemoteChanges(change: () => void): void;
  put(records: EditorRecord[]): void;
  remove(ids: string[]): void;
  get(id: string): EditorRecord | undefined;
  allRecords(): EditorRecord[];
}

export const isShape = (record: EditorRecord): boolean => record.typeName === 'shape';
