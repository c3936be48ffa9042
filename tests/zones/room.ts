/** Several editors on a wire that delivers late and in any order, and a witness who knows who wrote what. */
import { expect } from 'vitest';
import * as Y from 'yjs';
import { recordsKey } from '../../src/domain/scheme/layout.ts';
import { type Editor, hand, held, injection, newEditor, PlainStore, recordsOf, shapesOf } from './editors.ts';

export type Act =
  | { do: 'draw' | 'move' | 'dose' | 'delete'; who: number; what: number }
  | { do: 'undo' | 'redo' | 'mark' | 'flush'; who: number }
  | { do: 'deliver'; who: number; what: number }
  | { do: 'away' | 'back'; who: number };

interface Member extends Editor {
  /** What was sent to it and hasn't arrived. */
  queue: Uint8Array[];
  isAway: boolean;
  /** Something is in the hand that no document holds. */
  isBusy: boolean;
  deletedByOthers: Set<string>;
}

const placeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'x' in value ? value.x : value;
const doseOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'dose' in value ? value.dose : value;

export class Room {
  readonly members: Member[];
  /** No value is written twice: each tells by itself whose it is. */
  private lastValue = 0;
  private readonly authors = new Map<number, Member>();
  private readonly creators = new Map<string, Member>();

  constructor(count: number) {
    this.members = Array.from({ length: count }, (_, index): Member => {
      const editor = newEditor(new PlainStore(), index + 1);
      return Object.assign(editor, {
        queue: [],
        isAway: false,
        isBusy: false,
        deletedByOthers: new Set<string>(),
      });
    });
    for (const member of this.members) {
      member.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'wire')
          for (const other of this.members) if (other !== member) other.queue.push(update);
      });
      member.doc.getMap(recordsKey).observe((event, { origin }) => {
        for (const [id, { action }] of event.changes.keys)
          if (action === 'delete' && origin === 'wire') member.deletedByOthers.add(id);
          else if (action !== 'delete' && origin === 'wire') member.deletedByOthers.delete(id);
      });
    }
  }

  private value(member: Member): number {
    this.lastValue++;
    this.authors.set(this.lastValue, member);
    return this.lastValue;
  }

  act(act: Act): void {
    const member = this.members[act.who % this.members.length];
    if (!member) return;
    switch (act.do) {
      case 'draw': {
        const id = `m${this.lastValue + 1}`;
        this.creators.set(`shape:${id}`, member);
        hand.draw(member, injection(id, { x: this.value(member) }));
        member.isBusy = true;
        break;
      }
      case 'move':
      case 'dose':
      case 'delete': {
        const ids = Object.keys(shapesOf(member.store));
        const id = ids[act.what % Math.max(ids.length, 1)]?.slice('shape:'.length);
        if (id === undefined) return;
        if (act.do === 'delete') hand.delete(member, id);
        else if (act.do === 'move') hand.move(member, id, this.value(member));
        else this.dose(member, id);
        member.isBusy = true;
        break;
      }
      case 'mark':
        member.binding.undo.mark();
        member.isBusy = false;
        break;
      case 'flush':
        this.flush(member);
        break;
      case 'undo':
      case 'redo':
        this.goBack(member, act.do);
        break;
      case 'away':
        member.isAway = true;
        break;
      case 'back':
        member.isAway = false;
        break;
      case 'deliver':
        if (!member.isAway) this.deliver(member, act.what);
    }
  }

  private dose(member: Member, id: string): void {
    const record = held(member, id);
    if (record?.type !== 'injection') return;
    const given = {
      productId: '0b7c1f6e-5a44-4d57-9a3e-2f1f5f6f7a10',
      productName: 'A',
      dose: this.value(member) / 100,
      unit: 'U' as const,
    };
    const dosed = { ...record, props: { ...record.props, given } };
    member.store.put([dosed]);
  }

  private flush(member: Member): void {
    member.binding.flush();
    member.isBusy = false;
    this.showsItsDocument(member);
  }

  /** While a part is still on its way, an editor may go on showing a record as it was. */
  private showsItsDocument({ doc, store, isBusy }: Member): void {
    if (!isBusy && !doc.store.pendingStructs) expect(shapesOf(store)).toEqual(recordsOf(doc));
  }

  private deliver(member: Member, what: number): void {
    const [update] = member.queue.splice(what % Math.max(member.queue.length, 1), 1);
    if (!update) return;
    const sent = member.sent.length;
    Y.applyUpdate(member.doc, update, 'wire');
    expect(member.sent.length, 'echo').toBe(sent);
    this.showsItsDocument(member);
  }

  /** Who wrote the values of a record, and by which hand they came into the document. */
  private written(
    member: Member,
  ): Map<string, Map<string, { value: string; author: Member | undefined; by: number | undefined }>> {
    const all = new Map<
      string,
      Map<string, { value: string; author: Member | undefined; by: number | undefined }>
    >();
    for (const [id, entries] of member.doc.getMap(recordsKey).entries()) {
      if (!(entries instanceof Y.Map)) continue;
      const keys = new Map<string, { value: string; author: Member | undefined; by: number | undefined }>();
      for (const [key, value] of entries.entries()) {
        const number =
          key === 'place' ? placeOf(value) : key === 'props.given' ? Number(doseOf(value)) * 100 : null;
        const author =
          typeof number === 'number' && number > 0
            ? this.authors.get(Math.round(number))
            : this.creators.get(id);
        keys.set(key, { value: JSON.stringify(value), author, by: entries._map.get(key)?.id.client });
      }
      all.set(id, keys);
    }
    return all;
  }

  private goBack(member: Member, way: 'undo' | 'redo'): void {
    this.flush(member);
    const before = this.written(member);
    const text = JSON.stringify(member.doc.getMap(recordsKey));
    const { changed } = member.binding.undo[way]();
    const after = this.written(member);
    expect(JSON.stringify(member.doc.getMap(recordsKey)) !== text, way).toBe(changed);
    this.showsItsDocument(member);
    const own = member.doc.clientID;
    for (const [id, keys] of before)
      for (const [key, { value, author, by }] of keys) {
        if (after.get(id)?.get(key)?.value === value) continue;
        expect(by, `${way} touched ${id} ${key}, which another wrote last`).toBe(own);
        if (way === 'undo') expect(author, `undo touched another’s ${id} ${key}`).toBe(member);
      }
    for (const id of after.keys())
      if (!before.has(id)) expect(member.deletedByOthers.has(id), `${way} brought back ${id}`).toBe(false);
  }

  /** Everybody comes back, and everything arrives in an order drawn from `order`. */
  settle(order: readonly number[]): void {
    for (const member of this.members) {
      member.isAway = false;
      this.flush(member);
    }
    let at = 0;
    while (this.members.some(({ queue }) => queue.length > 0))
      for (const member of this.members) this.deliver(member, order[at++ % order.length] ?? 0);
    // Yjs may leave what came out of order waiting for one more update; a line compares sums and asks again
    for (const { doc } of this.members)
      for (const member of this.members)
        if (member.doc !== doc)
          Y.applyUpdate(member.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(member.doc)), 'wire');
    const [first, ...others] = this.members;
    for (const other of others) {
      expect(recordsOf(other.doc)).toEqual(first && recordsOf(first.doc));
      expect(shapesOf(other.store)).toEqual(first && shapesOf(first.store));
      expect(Y.encodeStateVector(other.doc)).toEqual(first && Y.encodeStateVector(first.doc));
    }
  }
}
