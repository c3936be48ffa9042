/** One scheme, open: its document, who is there, and what passes between them. */
import * as Y from 'yjs';
import type { CloseName } from '../src/domain/scheme/close-codes.ts';
import { isFreeType } from '../src/domain/scheme/marks.ts';
import { type DrawingAccess, drawingBounds } from '../src/domain/scheme/wire.ts';
import type { DocumentAt, KeptDocument } from '../src/server/schemes/document.ts';
import { readDocument, stateOf } from '../src/server/schemes/document.ts';
import type { Writer } from '../src/server/schemes/writers.ts';
import { Audience } from './audience.ts';
import type { House } from './house.ts';
import { Keeper } from './keeper.ts';
import type { Member } from './member.ts';
import {
  accessMessage,
  answerMessage,
  isVector,
  keptMessage,
  readMessage,
  sumMessage,
  updateMessage,
  vectorMessage,
} from './protocol.ts';
import { RowsSeen } from './rows-seen.ts';
import { SchemeDoc } from './scheme-doc.ts';
import type { Touched } from './step-log.ts';
import { readUpdate } from './update-check.ts';
import { Writers } from './writers-known.ts';

/** Asked again for what couldn't be taken in: what it builds upon is still on its way from elsewhere. */
const askAgain = { afterMs: 1_000, times: 10 } as const;
const recountEveryBytes = 1024 * 1024;
const loadAgainAfterMs = 500;
const mostHeldMarks = 1_000;

const isFree = (candidate: Touched['after']): boolean => candidate === null || isFreeType(candidate['type']);

export class Room {
  readonly at: DocumentAt;
  readonly audience: Audience;
  readonly keeper: Keeper;
  readonly rows: RowsSeen;
  /** It holds what was refused: whoever comes now gets another. */
  isSpent = false;
  readonly #house: House;
  readonly #writers: Writers;
  #content: SchemeDoc;
  /** Of the folded state. */
  #bytes: number;
  /** Since it was counted anew. */
  #addedBytes = recountEveryBytes;
  #rebuilding: Promise<void> | null = null;

  constructor(house: House, at: DocumentAt, kept: KeptDocument, writers: ReadonlyMap<number, Writer>) {
    this.#house = house;
    this.at = at;
    this.audience = new Audience((shown) => house.tellShown(this, shown));
    this.#content = new SchemeDoc(kept.doc);
    this.#bytes = kept.bytes;
    this.rows = new RowsSeen(kept, house.now());
    this.#writers = new Writers(house, at, writers);
    this.keeper = new Keeper(house, at, {
      onKept: (ids, bytes) => this.rows.add(ids, bytes, house.now()),
      onRefused: (why) => {
        this.isSpent = true;
        this.closeAll(why);
      },
    });
  }

  get isDrawn(): boolean {
    return !this.keeper.isIdle;
  }

  /** What it holds, for looking at. */
  get doc(): Y.Doc {
    return this.#content.doc;
  }

  seat(member: Member): void {
    this.audience.add(member);
    member.send(accessMessage(member.access));
    member.send(vectorMessage(Y.encodeStateVector(this.doc)));
    member.listen((frame) => this.#receive(member, frame));
  }

  unseat(member: Member): void {
    this.audience.remove(member, this.#house.now());
  }

  closeAll(why: CloseName): void {
    for (const member of this.audience.members) member.close(why);
  }

  /** Rights have changed: the page is told, and asked for what it held back. */
  setAccess(member: Member, access: DrawingAccess): void {
    const drew = member.draws;
    member.access = access;
    member.send(accessMessage(access));
    this.audience.restamp(member, this.#house.now());
    if (member.draws && !drew) this.#ask(member);
  }

  #ask(member: Member): void {
    member.hasAnswered = false;
    member.send(vectorMessage(Y.encodeStateVector(this.doc)));
  }

  tellSums(): void {
    if (this.#rebuilding) return;
    const message = sumMessage(this.#content.sum());
    for (const member of this.audience.members) if (member.isSynced) member.send(message);
  }

  #receive(member: Member, frame: Uint8Array): void | Promise<void> {
    if (this.#rebuilding) return this.#rebuilding.then(() => this.#receive(member, frame));
    if (member.isClosed) return;
    const message = readMessage(frame);
    if (!message) return this.#refuse(member);
    switch (message.kind) {
      case 'update':
        return this.#takeUpdate(member, message.update, frame);
      case 'answer':
        return this.#takeUpdate(member, message.update, null);
      case 'vector':
        return this.#answer(member, message.vector);
      case 'awareness':
        return this.#takePresence(member, message.states);
      case 'queryAwareness':
        return this.audience.show(member);
      case 'mark':
        if (member.draws) this.#mark(member, message.number);
    }
  }

  #refuse(member: Member): void {
    this.#house.metrics.count('refused_total');
    member.close('refused');
  }

  #answer(member: Member, vector: Uint8Array): void {
    if (!isVector(vector)) return this.#refuse(member);
    if (!member.mayAsk()) return member.close('tooMany');
    member.sendWhole(answerMessage(Y.encodeStateAsUpdate(this.doc, vector)));
    if (!member.isSynced) this.audience.show(member);
    member.isSynced = true;
  }

  #takePresence(member: Member, states: Uint8Array): void | Promise<void> {
    const isFine = this.audience.hear(member, states, this.#house.now(), (client) =>
      this.#writers.mayShow(member, client),
    );
    if (!isFine) return this.#refuse(member);
    // Who draws is known by this before the first stroke, which then waits for nothing.
    const client = member.presence?.client;
    if (client !== undefined && member.draws && !this.#writers.has(client))
      return this.#writers.claim(member, [client]).then((isOwn) => {
        if (!isOwn) this.#refuse(member);
      });
  }

  /** `frame` is passed on as it came; null for the answer to our question, of which only the news is. */
  #takeUpdate(member: Member, bytes: Uint8Array, frame: Uint8Array | null): void | Promise<void> {
    const { metrics } = this.#house;
    if (!member.draws) return metrics.count('dropped_total{why="not_drawing"}');
    // What comes before the answer is in the answer.
    if (frame && !member.hasAnswered) return;
    const update = readUpdate(bytes);
    if (!update) return this.#refuse(member);
    const news = this.#content.news(update);
    const whose = this.#writers.judge(member, news, frame === null);
    if (whose === 'foreign') return this.#refuse(member);
    const strangers = member.isGuest ? this.#writers.strangers(this.#content.beginners) : [];
    if (strangers.length > 0)
      return this.#writers
        .learn(member, strangers)
        .then(() => this.#receive(member, frame ?? answerMessage(bytes)));
    if (whose === 'later' || !this.#content.fits(update)) {
      if (frame) return this.#refuse(member);
      return this.#askLater(member);
    }
    if (whose !== 'known')
      return this.#writers.claim(member, whose).then((isOwn) => {
        // Begun again: the room may be being made anew meanwhile.
        if (isOwn) return this.#receive(member, frame ?? answerMessage(bytes));
        return this.#refuse(member);
      });
    if (news.length > 0 && this.#isFull(bytes.length)) return member.close('tooLarge');
    if (this.#content.isCrowded(update)) return this.#refuse(member);
    if (this.#apply(member, bytes, frame) && !frame) this.#hasAnswered(member);
  }

  /** What it holds is taken in: its updates build on that, and its marks stand for that too. */
  #hasAnswered(member: Member): void {
    member.hasAnswered = true;
    member.askedAgain = 0;
    for (const mark of member.marks.splice(0)) this.#mark(member, mark);
  }

  #mark(member: Member, number: number): void {
    if (member.hasAnswered) this.keeper.mark(() => member.send(keptMessage(number)));
    else if (member.marks.push(number) > mostHeldMarks) this.#refuse(member);
  }

  #askLater(member: Member): void {
    if (++member.askedAgain > askAgain.times) return member.close('goingAway');
    setTimeout(() => {
      if (!member.isClosed) this.#ask(member);
    }, askAgain.afterMs).unref();
  }

  /** False where it wasn't taken in. */
  #apply(member: Member, bytes: Uint8Array, frame: Uint8Array | null): boolean {
    let news: Uint8Array = bytes;
    const listen = (update: Uint8Array) => {
      news = update;
    };
    // The answer repeats everything erased; only what is new of it is passed on and kept.
    if (!frame) this.doc.on('update', listen);
    let applied;
    try {
      applied = this.#content.apply(bytes);
    } catch {
      applied = null;
    } finally {
      if (!frame) this.doc.off('update', listen);
    }
    if (!applied?.touched || !this.#content.isSound(applied.touched)) {
      this.#refuse(member);
      this.#rebuild();
      return false;
    }
    const reach = member.isGuest ? this.#reachOf(member, applied.touched) : 'own';
    if (reach !== 'own') {
      // What another erased may have come with a guest's answer before that person could bring it back themselves.
      if (reach === 'foreign' && !frame) this.#askLater(member);
      else this.#refuse(member);
      this.#rebuild();
      return false;
    }
    if (!applied.hasChanged) return true;
    this.audience.pass(frame ?? updateMessage(news), member);
    this.#content.settle(applied.touched);
    this.keeper.take(news);
    this.#addedBytes += news.length;
    this.keeper.steps.note(member.writer, applied.touched, this.#house.now());
    this.#house.metrics.count('updates_total');
    this.#house.metrics.count('update_bytes_total', news.length);
    return true;
  }

  /** A guest draws freely, and changes or erases what they began themselves: what is given is said by the staff alone. */
  #reachOf(member: Member, touched: readonly Touched[]): 'own' | 'foreign' | 'forbidden' {
    let isForeign = false;
    for (const { id, before, after } of touched) {
      const beginner = this.#content.beginnerOf(id);
      if (beginner !== null && !this.#writers.isOf(member, beginner)) isForeign = true;
      else if (!isFree(before) || !isFree(after)) return 'forbidden';
    }
    return isForeign ? 'foreign' : 'own';
  }

  #isFull(more: number): boolean {
    const held = () => this.#bytes + this.rows.bytesSince + this.keeper.waitingBytes + more;
    if (held() <= drawingBounds.documentBytes) return false;
    // The log holds what was drawn over and erased as well: the document itself may be small.
    if (this.#addedBytes >= recountEveryBytes) {
      this.#addedBytes = 0;
      this.#bytes = stateOf(this.doc).length - this.rows.bytesSince - this.keeper.waitingBytes;
    }
    return held() > drawingBounds.documentBytes;
  }

  /** Kept by another instance, which has checked them. */
  async takeKept(rows: readonly { id: bigint; bytes: Uint8Array }[]): Promise<void> {
    if (this.#rebuilding) await this.#rebuilding;
    const now = this.#house.now();
    for (const { id, bytes } of rows) {
      if (this.rows.has(id)) continue;
      this.rows.add([id], bytes.length, now);
      this.#takeForeign(bytes);
    }
  }

  /** Folded by another instance: rows that were never heard of may be in it. */
  async takeState(state: KeptDocument): Promise<void> {
    if (this.#rebuilding) await this.#rebuilding;
    this.rows.reset(state, this.#house.now());
    this.#bytes = state.bytes;
    this.#takeForeign(Y.encodeStateAsUpdate(state.doc, Y.encodeStateVector(this.doc)));
  }

  folded(bytes: number, foldedAt: Date, ids: readonly bigint[]): void {
    this.#bytes = bytes;
    this.rows.folded(ids, foldedAt);
  }

  #takeForeign(bytes: Uint8Array): void {
    let news: Uint8Array | undefined;
    const listen = (update: Uint8Array) => {
      news = update;
    };
    this.doc.on('update', listen);
    const { touched } = this.#content.apply(bytes);
    this.doc.off('update', listen);
    if (!news) return;
    this.audience.pass(updateMessage(news), null);
    if (!touched) return;
    this.#content.settle(touched);
    this.keeper.steps.interrupt(touched);
  }

  /** Something was taken in that may not be: the document is made anew from what is kept and what waits. Nobody hears of it. */
  #rebuild(): void {
    this.#house.metrics.count('rebuilt_total');
    const rebuild = async () => {
      for (;;) {
        try {
          const kept = await readDocument(this.#house.db, this.at);
          for (const update of this.keeper.unkept()) Y.applyUpdate(kept.doc, update);
          this.#content.doc.destroy();
          this.#content = new SchemeDoc(kept.doc);
          this.#bytes = kept.bytes;
          this.rows.reset(kept, this.#house.now());
          return;
        } catch {
          await new Promise((wake) => setTimeout(wake, loadAgainAfterMs));
        }
      }
    };
    this.#rebuilding = rebuild().finally(() => {
      this.#rebuilding = null;
    });
  }
}
