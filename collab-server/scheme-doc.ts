/** A room's document: what fits into it, and what an update did to its records. */
import { crc32 } from 'node:zlib';
import * as Y from 'yjs';
import { recordFrom, recordsKey } from '../src/domain/scheme/layout.ts';
import { maxRecords } from '../src/domain/scheme/marks.ts';
import { checkRecord } from '../src/domain/scheme/read-record.ts';
import { recordsOfDocument } from '../src/server/schemes/document.ts';
import type { Touched } from './step-log.ts';
import type { Id, Placed, Range, ReadUpdate } from './update-check.ts';

type Candidate = Record<string, unknown>;

export interface Applied {
  /** Null: it went where nothing of ours lies. */
  touched: Touched[] | null;
  hasChanged: boolean;
}

/** So many entries stand beside each other at most before it is said to be no accident. */
const mostBeside = 2_000;

export class SchemeDoc {
  readonly doc: Y.Doc;
  /** The records as they stand, by id. */
  readonly stands: Map<string, Candidate>;
  /** Which replica each name was first given by, also where the record is gone or came back by another's hand. */
  readonly #beginners = new Map<string, number>();
  /** All of those. */
  readonly beginners = new Set<number>();
  #last: Y.Transaction | null = null;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.stands = recordsOfDocument(doc);
    for (const id of doc.getMap(recordsKey)._map.keys()) this.#noteBeginner(id);
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#last = transaction;
    });
  }

  /** Null: nothing ever stood under this name, as far as is settled. */
  beginnerOf(id: string): number | null {
    return this.#beginners.get(id) ?? null;
  }

  #noteBeginner(id: string): void {
    if (this.#beginners.has(id)) return;
    const first = firstOf(this.doc.getMap(recordsKey), id);
    if (!first) return;
    this.#beginners.set(id, first.id.client);
    this.beginners.add(first.id.client);
  }

  #clock(client: number): number {
    return Y.getState(this.doc.store, client);
  }

  /** Whose replicas it brings something new of. */
  news(update: ReadUpdate): Range[] {
    return update.added.filter(({ client, to }) => to > this.#clock(client));
  }

  /** Everything it builds upon is there: nothing would wait for what may never come. */
  fits({ added, erased, placed, hasHoles }: ReadUpdate): boolean {
    if (hasHoles || added.some(({ client, from }) => from > this.#clock(client))) return false;
    const until = new Map(added.map(({ client, to }) => [client, to]));
    const isThere = ({ client, clock }: Id) => clock < Math.max(this.#clock(client), until.get(client) ?? 0);
    return (
      erased.every(({ client, to }) => isThere({ client, clock: to - 1 })) &&
      placed.every(({ origin, parent }) => (!origin || isThere(origin)) && (!parent || isThere(parent)))
    );
  }

  /**
   * Whether everything is put where few others were put at the same time. Yjs looks through all entries beside a new one: made by
   * the thousand on purpose, they would hold up the whole process.
   */
  isCrowded({ placed }: ReadUpdate): boolean {
    let beside = 0;
    for (const each of placed) {
      for (let item = this.#after(each); item !== null && beside <= mostBeside; item = item.right) beside++;
      if (beside > mostBeside) return true;
    }
    return false;
  }

  #after({ origin, parent, key }: Placed): Y.Item | null {
    if (origin) {
      if (origin.clock >= this.#clock(origin.client)) return null;
      const before = Y.getItem(this.doc.store, Y.createID(origin.client, origin.clock));
      return before instanceof Y.Item ? before.right : null;
    }
    const map = parent ? this.#mapAt(parent) : this.doc.getMap(recordsKey);
    return map && key !== undefined ? firstOf(map, key) : null;
  }

  #mapAt({ client, clock }: Id): Y.AbstractType<unknown> | null {
    if (clock >= this.#clock(client)) return null;
    const item: unknown = Y.getItem(this.doc.store, Y.createID(client, clock));
    return item instanceof Y.Item && item.content instanceof Y.ContentType ? item.content.type : null;
  }

  /** Takes it in. What became of its records is for the caller to judge. */
  apply(bytes: Uint8Array): Applied {
    this.#last = null;
    Y.applyUpdate(this.doc, bytes);
    const transaction = this.#lastOne();
    if (!transaction) return { touched: [], hasChanged: false };
    const { afterState, beforeState, deleteSet } = transaction;
    let hasChanged = deleteSet.clients.size > 0;
    for (const [client, clock] of afterState) hasChanged ||= beforeState.get(client) !== clock;
    return { touched: hasChanged ? this.#touchedBy(transaction) : [], hasChanged };
  }

  // Set from within `applyUpdate`, which the compiler can't see.
  #lastOne(): Y.Transaction | null {
    return this.#last;
  }

  #touchedBy({ changed }: Y.Transaction): Touched[] | null {
    const records: Y.Map<unknown> = this.doc.getMap(recordsKey);
    const ids = new Set<string>();
    for (const [type, keys] of changed) {
      if (Object.is(type, records)) {
        for (const key of keys) {
          if (typeof key !== 'string') return null;
          ids.add(key);
        }
      } else {
        const { _item: item } = type;
        if (!item || !Object.is(item.parent, records) || item.parentSub === null) return null;
        ids.add(item.parentSub);
      }
    }
    return [...ids].map((id) => {
      const entries = records.get(id);
      const after =
        entries === undefined ? null : recordFrom(id, entries instanceof Y.Map ? entries.entries() : []);
      return { id, before: this.stands.get(id) ?? null, after };
    });
  }

  /** Every record that an update leaves behind is whole, and there aren't too many. */
  isSound(touched: readonly Touched[]): boolean {
    let amount = this.stands.size;
    const records: Y.Map<unknown> = this.doc.getMap(recordsKey);
    for (const { id, before, after } of touched) {
      if (after !== null) {
        const entries = records.get(id);
        if (!(entries instanceof Y.Map) || checkRecord(after, entries) === null) return false;
      }
      amount += (after === null ? 0 : 1) - (before === null ? 0 : 1);
    }
    return amount <= maxRecords;
  }

  settle(touched: readonly Touched[]): void {
    for (const { id, after } of touched) {
      this.#noteBeginner(id);
      if (after === null) this.stands.delete(id);
      else this.stands.set(id, after);
    }
  }

  /** By which a page tells that it has what the server has. */
  sum(): number {
    return crc32(Y.encodeStateVector(this.doc));
  }
}

/** The first entry that a map ever had under this name. */
function firstOf(map: Pick<Y.AbstractType<unknown>, '_map'>, key: string): Y.Item | null {
  let first = map._map.get(key) ?? null;
  while (first?.left) first = first.left;
  return first;
}
