/**
 * Keeps the editor's store and the shared document alike. What the hand does goes into the document a moment later, property by
 * property; what others do comes into the store at once, checked. What was agreed on last is remembered here, so that a change that
 * hasn't gone out yet and one that has just come in are told apart, and neither takes the other along.
 */
import * as Y from 'yjs';
import { entriesOf, recordsKey } from '../../../domain/scheme/layout.ts';
import type { SchemeRecord } from '../../../domain/scheme/marks.ts';
import { readRecord } from '../../../domain/scheme/read-record.ts';
import { copyOf, entriesIn, recordOfEditor } from './checked-record.ts';
import { type EditorRecord, type EditorStore, isShape, type StoreChanges } from './editor-store.ts';
import { Agreed } from './agreed.ts';
import { differingKeys, type Entries, sameValue } from './same-value.ts';
import { Undo } from './undo.ts';

export interface BindingOptions {
  doc: Y.Doc;
  store: EditorStore;
  /** The editor holds something that may not lie in a scheme; it was taken back. */
  onRefused?: (id: string) => void;
  /** How what is to be written waits: the answer gives it up. The default gathers what comes within 33 ms. */
  later?: (write: () => void) => () => void;
}

export interface Binding {
  readonly undo: Undo;
  /** Writes at once what still waits: before a page goes, before a stopping point. */
  flush(): void;
  /** While others may only watch, what the hand does is taken back. */
  setWritable(isWritable: boolean): void;
  close(): void;
}

const writeWithinMs = 33;
const afterAMoment = (write: () => void): (() => void) => {
  const timer = setTimeout(write, writeWithinMs);
  return () => clearTimeout(timer);
};

export function bindStore(options: BindingOptions): Binding {
  return new StoreBinding(options);
}

class StoreBinding implements Binding {
  readonly undo: Undo;
  private readonly doc: Y.Doc;
  private readonly store: EditorStore;
  private readonly records: Y.Map<unknown>;
  private readonly onRefused: (id: string) => void;
  private readonly later: (write: () => void) => () => void;
  /** Of each record what document and store agreed on last. */
  private readonly agreed = new Agreed();
  /** Touched by the hand and not looked at yet. */
  private readonly touched = new Set<string>();
  /** What others deleted: no late hand brings it back. */
  private readonly gone = new Set<string>();
  private readonly halfThere = new Set<string>();
  private giveUpWrite: (() => void) | null = null;
  private isWritable = true;
  private readonly fromStore = { is: 'what the hand did' };
  private readonly fromUndo = { is: 'undo' };
  private readonly stopListening: () => void;

  constructor({ doc, store, onRefused = () => undefined, later = afterAMoment }: BindingOptions) {
    this.doc = doc;
    this.store = store;
    this.records = doc.getMap(recordsKey);
    this.onRefused = onRefused;
    this.later = later;
    this.undo = new Undo({
      records: this.records,
      write: (write) => this.doc.transact(write, this.fromUndo),
      flush: () => this.flush(),
      isWritable: () => this.isWritable,
    });
    const strange = store.allRecords().filter((record) => isShape(record) && !this.records.has(record.id));
    this.follow(new Set([...this.records.keys(), ...strange.map(({ id }) => id)]));
    this.stopListening = store.listen(({ changes }) => this.onStoreChange(changes), {
      scope: 'document',
      source: 'user',
    });
    this.records.observeDeep(this.onDocumentChange);
  }

  setWritable(isWritable: boolean): void {
    if (!isWritable) this.flush();
    this.isWritable = isWritable;
  }

  close(): void {
    this.flush();
    this.stopListening();
    this.records.unobserveDeep(this.onDocumentChange);
  }

  // ── From the hand to the document ─────────────────────────────────────────────────────────────────────────
  private onStoreChange({ added, updated, removed }: StoreChanges): void {
    for (const record of [...Object.values(added), ...Object.values(removed)])
      if (isShape(record)) this.touched.add(record.id);
    for (const [record] of Object.values(updated)) if (isShape(record)) this.touched.add(record.id);
    if (this.touched.size > 0) this.giveUpWrite ??= this.later(() => this.writeTouched());
  }

  flush(): void {
    // a new listener makes the store tell what it held back for its next frame, which a hidden page never has
    this.store.listen(() => undefined, { scope: 'document', source: 'user' })();
    this.writeTouched();
  }

  private writeTouched(): void {
    this.giveUpWrite?.();
    this.giveUpWrite = null;
    if (this.touched.size === 0) return;
    const touched = new Set(this.touched);
    this.touched.clear();
    const refused = new Set<string>();
    this.doc.transact(() => {
      for (const id of touched) if (!this.isWritable || !this.write(id)) refused.add(id);
    }, this.fromStore);
    this.follow(refused, 'document alone');
    if (this.isWritable) for (const id of refused) if (!this.gone.has(id)) this.onRefused(id);
    this.undo.tell();
  }

  /** False: what the store holds can't be in the document, and the document's own goes back. */
  private write(id: string): boolean {
    const agreed = this.agreed.get(id);
    const inStore = this.store.get(id);
    const there = entriesIn(this.records, id);
    // a gesture that is given up puts back what it began with, also where another has deleted that meanwhile
    if (this.gone.has(id)) return !inStore;
    if (!inStore) {
      if (agreed && there) {
        // what comes back by undo is whole, also where part of what others did to it hadn't arrived
        const entries = copyOf(there);
        this.undo.deleted(id, readRecord(id, entries) ? entries : agreed);
        this.records.delete(id);
      }
      this.agreed.delete(id);
      return true;
    }
    const record = recordOfEditor(inStore);
    if (!record) return false;
    const entries = entriesOf(record);
    if (!agreed || !there) {
      this.records.set(id, new Y.Map(entries));
      this.undo.created(id, entries);
    } else {
      for (const key of differingKeys(agreed, entries)) {
        const value = entries.get(key);
        if (sameValue(there.get(key), value)) continue;
        // missing for a moment, while what another wrote is on its way: undo puts back what the hand saw
        const before = there.has(key) ? there.get(key) : agreed.get(key);
        if (value === undefined) there.delete(key);
        else there.set(key, value);
        this.undo.changed(id, key, before, value);
      }
    }
    this.agreed.set(id, entries);
    return sameValue(inStore, record) || this.putBack(record);
  }

  /** The record as it went into the document, where the editor had it a little beyond. */
  private putBack(record: EditorRecord): true {
    this.store.mergeRemoteChanges(() => this.store.put([record]));
    return true;
  }

  // ── From the document to the store ────────────────────────────────────────────────────────────────────────
  private readonly onDocumentChange = (
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ): void => {
    if (transaction.origin === this.fromStore) return;
    const changed = new Set(this.halfThere);
    this.halfThere.clear();
    for (const event of events) {
      const [id] = event.path;
      if (typeof id === 'string') changed.add(id);
      else for (const [key] of event.changes.keys) changed.add(key);
      if (transaction.origin !== this.fromUndo) this.noteOthers(event);
    }
    this.follow(changed);
  };

  private noteOthers(event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const [id, inner] = event.path;
    for (const [key, { action }] of event.changes.keys)
      if (id === undefined) {
        if (action === 'delete') this.gone.add(key);
        else this.gone.delete(key);
        this.undo.othersTook(key);
      } else this.undo.othersChanged(String(id), inner === undefined ? key : String(inner));
  }

  /** Brings the store to what the document says of these records, but for what the hand did and nobody has written yet. */
  private follow(ids: ReadonlySet<string>, from: 'both' | 'document alone' = 'both'): void {
    const put: EditorRecord[] = [];
    const remove: string[] = [];
    for (const id of ids) {
      const there = entriesIn(this.records, id);
      const record = there && readRecord(id, copyOf(there));
      const inStore = this.store.get(id);
      const agreed = this.agreed.get(id);
      if (there && !record && this.doc.store.pendingStructs) {
        // part of what others did hasn't arrived: until then the editor shows what it had
        this.halfThere.add(id);
        continue;
      }
      if (!record) {
        this.agreed.delete(id);
        if (inStore) remove.push(id);
        continue;
      }
      this.agreed.setRecord(record);
      const byHand = from === 'both' && agreed !== undefined;
      // deleted by the hand a moment ago: that is about to be written
      if (byHand && !inStore) continue;
      const merged = byHand && inStore ? withHand(record, entriesOf(record), agreed, inStore) : record;
      if (!inStore || !sameValue(inStore, merged)) put.push(merged);
    }
    if (put.length + remove.length === 0) return;
    this.store.mergeRemoteChanges(() => {
      if (remove.length > 0) this.store.remove(remove);
      if (put.length > 0) this.store.put(put);
    });
  }
}

/** The document's record with what the hand changed since the last agreement. */
function withHand(
  record: SchemeRecord,
  entries: Entries,
  agreed: Entries,
  inStore: EditorRecord,
): SchemeRecord {
  const held = recordOfEditor(inStore);
  if (!held) return record;
  const byHand = entriesOf(held);
  const merged = new Map(entries);
  for (const key of differingKeys(agreed, byHand)) {
    if (byHand.has(key)) merged.set(key, byHand.get(key));
    else merged.delete(key);
  }
  return readRecord(record.id, merged) ?? record;
}
