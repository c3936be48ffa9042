/**
 * The line between one drawing's document and the collab-server, by the stock provider. What is done here goes out only once the server
 * has asked what there is and has been answered: sent before, it would hang in the air there. Whether it is saved is the server's word.
 */
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  drawingAccess,
  type DrawingAccess,
  messageTypes,
  presence,
  type Presence,
} from '../../../domain/scheme/wire.ts';
import { crc32 } from './checksum.ts';
import { Connection, type EndReason, type FetchTicket } from './connection.ts';
import { Emitter, type Off } from './emitter.ts';
import { markMessage, readNumber, readText, syncSteps, updateMessage, vectorMessage } from './messages.ts';
import { type Surroundings, surroundingsHere } from './retry.ts';
import { Unkept } from './unkept.ts';

export type LineStatus =
  /** Not yet compared with the server's for the first time. */
  | { state: 'opening' }
  | { state: 'saved' }
  | { state: 'saving' }
  | { state: 'offline' }
  | { state: 'closed'; reason: EndReason };

export interface LineEvents {
  status: LineStatus;
  /** On entering and on every change: `watch` and `point` change nothing. */
  access: DrawingAccess;
  /** Of the others who are here, by their number in the awareness. */
  others: ReadonlyMap<number, Presence>;
  /** What isn't known to be kept has become more or less. */
  unkept: { isEmpty: boolean };
}

export interface LineOptions {
  doc: Y.Doc;
  schemeId: string;
  fetchTicket: FetchTicket;
  /** Outside a browser. */
  WebSocketPolyfill?: typeof WebSocket;
  surroundings?: Surroundings;
  random?: () => number;
}

const markAfterMs = 50;
const presenceEveryMs = 50;
/** So long a line may be gone before the page says so: a server that ends passes people on faster. */
const graceMs = 1_500;
const answerWithinMs = 15_000;
const compareEveryMs = 1_000;
const comparisons = 5;

export class LiveLine {
  status: LineStatus = { state: 'opening' };
  access: DrawingAccess | null = null;
  private readonly doc: Y.Doc;
  private readonly provider: WebsocketProvider;
  private readonly connection: Connection;
  private readonly emitter = new Emitter<LineEvents>();
  private readonly unkept = new Unkept();
  /** The server has asked on this line what there is, and was told. */
  private hasAnswered = false;
  private isOffline = false;
  private sum: { wanted: number; inVain: number } | null = null;
  private shown: Presence = { cursor: null, selected: [] };
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor({ doc, schemeId, fetchTicket, WebSocketPolyfill, surroundings, random }: LineOptions) {
    this.doc = doc;
    this.provider = new WebsocketProvider('ws://unknown', schemeId, doc, {
      connect: false,
      disableBc: true,
      ...(WebSocketPolyfill ? { WebSocketPolyfill } : {}),
    });
    // the provider sends every update at once; ours waits for the answer
    doc.off('update', this.provider._updateHandler);
    doc.on('update', this.onUpdate);
    this.listenToServer();
    this.provider.awareness.on('change', this.onAwareness);
    this.provider.awareness.setLocalState(this.shown);
    const told = {
      onOpen: () => this.tell(),
      onLost: () => this.onLost(),
      onEnd: (why: EndReason) => this.onEnd(why),
    };
    this.connection = new Connection(
      this.provider,
      fetchTicket,
      told,
      surroundings ?? surroundingsHere(),
      random ?? Math.random,
    );
  }

  on<Name extends keyof LineEvents>(name: Name, listener: (told: LineEvents[Name]) => void): Off {
    return this.emitter.on(name, listener);
  }

  open(): void {
    this.connection.start();
  }

  /** What the device kept from before, which the document may not be able to take in until the server's has come. Before `open`. */
  addFound(update: Uint8Array, apply: (update: Uint8Array) => void): void {
    this.doc.off('update', this.onUpdate);
    apply(update);
    this.doc.on('update', this.onUpdate);
    this.unkept.add(update);
    this.emitter.emit('unkept', { isEmpty: false });
  }

  /** All that isn't known to be kept. */
  unkeptUpdate(): Uint8Array | null {
    return this.unkept.merged();
  }

  others(): ReadonlyMap<number, Presence> {
    const others = new Map<number, Presence>();
    for (const [client, state] of this.provider.awareness.getStates()) {
      const checked = presence.safeParse(state);
      if (client !== this.doc.clientID && checked.success) others.set(client, checked.data);
    }
    return others;
  }

  show(shown: Pick<Presence, 'cursor' | 'selected'>): void {
    this.shown = { cursor: shown.cursor, selected: shown.selected.slice(0, 50) };
    this.once('presence', presenceEveryMs, () => this.provider.awareness.setLocalState(this.shown));
  }

  close(): void {
    this.connection.stop();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.doc.off('update', this.onUpdate);
    this.provider.awareness.off('change', this.onAwareness);
    this.provider.destroy();
    this.provider.awareness.destroy();
    this.emitter.clear();
  }

  // ── From here ─────────────────────────────────────────────────────────────────────────────────────────────
  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.provider) return;
    this.unkept.add(update);
    if (this.mayWrite) {
      this.send(updateMessage(update));
      this.once('mark', markAfterMs, () => this.mark());
    }
    this.emitter.emit('unkept', { isEmpty: false });
    this.tell();
  };

  private get mayWrite(): boolean {
    return this.hasAnswered && this.access?.mode === 'draw';
  }

  private mark(): void {
    if (!this.mayWrite) return;
    this.send(markMessage(this.unkept.mark()));
    this.once('answer', answerWithinMs, () => {
      if (this.unkept.isMarkWaiting) this.connection.drop();
    });
  }

  private send(message: Uint8Array<ArrayBuffer>): void {
    const { ws, wsconnected } = this.provider;
    if (ws && wsconnected && ws.readyState === ws.OPEN) ws.send(message);
  }

  // ── From the server ───────────────────────────────────────────────────────────────────────────────────────
  private listenToServer(): void {
    const { messageHandlers } = this.provider;
    const stock = messageHandlers[messageTypes.sync];
    messageHandlers[messageTypes.sync] = (encoder, decoder, provider, emitSynced, type) => {
      const isQuestion = decoder.arr[decoder.pos] === syncSteps.vector;
      if (isQuestion) this.unkept.startAnew();
      stock?.(encoder, decoder, provider, emitSynced, type);
      if (!isQuestion) return;
      // the provider sends the answer as this returns; a mark has to come after it
      this.hasAnswered = true;
      queueMicrotask(() => this.mark());
      this.tell();
    };
    messageHandlers[messageTypes.kept] = (_encoder, decoder) => this.onKept(readNumber(decoder));
    messageHandlers[messageTypes.access] = (_encoder, decoder) => this.onAccess(readText(decoder));
    messageHandlers[messageTypes.sum] = (_encoder, decoder) => this.onSum(readNumber(decoder));
    this.provider.on('sync', (isSynced) => {
      if (isSynced) this.connection.isGood();
      this.tell();
    });
  }

  private onKept(mark: number): void {
    if (!this.unkept.kept(mark)) return;
    if (!this.unkept.isMarkWaiting) this.forget('answer');
    this.emitter.emit('unkept', { isEmpty: this.unkept.isEmpty });
    this.tell();
  }

  private onAccess(text: string): void {
    const access = drawingAccess.safeParse(JSON.parse(text));
    if (!access.success) return;
    // whoever may draw from now on is asked first what was held back
    if (this.access?.mode !== 'draw') this.hasAnswered = false;
    this.access = access.data;
    if (this.access.mode !== 'draw') this.unkept.startAnew();
    this.emitter.emit('access', this.access);
    this.tell();
  }

  private onSum(wanted: number): void {
    if (this.isAsServer(wanted)) this.sum = null;
    else {
      this.sum = { wanted, inVain: this.sum?.inVain ?? 0 };
      this.compareLater();
    }
  }

  /** What is on its way makes a difference for a moment; what is lost makes one that stays. */
  private compareLater(): void {
    this.once('compare', compareEveryMs, () => {
      if (!this.sum) return;
      if (this.isAsServer(this.sum.wanted)) this.sum = null;
      else if (++this.sum.inVain > comparisons) this.connection.drop();
      else {
        this.send(vectorMessage(this.doc));
        this.compareLater();
      }
    });
  }

  private isAsServer(sum: number): boolean {
    return !this.unkept.isEmpty || crc32(Y.encodeStateVector(this.doc)) === sum;
  }

  private onLost(): void {
    this.hasAnswered = false;
    this.sum = null;
    this.unkept.startAnew();
    for (const name of ['mark', 'answer', 'compare']) this.forget(name);
    this.once('grace', graceMs, () => {
      this.isOffline = !this.provider.synced;
      this.tell();
    });
    this.tell();
  }

  private onEnd(reason: EndReason): void {
    for (const name of this.timers.keys()) this.forget(name);
    this.setStatus({ state: 'closed', reason });
  }

  private readonly onAwareness = (): void => this.emitter.emit('others', this.others());

  // ── What the page is told ─────────────────────────────────────────────────────────────────────────────────
  private tell(): void {
    if (this.status.state === 'closed') return;
    if (this.provider.synced) {
      this.isOffline = false;
      this.forget('grace');
    }
    this.setStatus({ state: this.stateNow() });
  }

  private stateNow(): 'opening' | 'saved' | 'saving' | 'offline' {
    if (!this.provider.synced) {
      if (this.isOffline) return 'offline';
      return this.status.state === 'opening' ? 'opening' : 'saving';
    }
    if (this.access && this.access.mode !== 'draw') return this.unkept.isEmpty ? 'saved' : 'saving';
    return this.unkept.isConfirmed && this.unkept.isEmpty ? 'saved' : 'saving';
  }

  private setStatus(status: LineStatus): void {
    if (status.state === this.status.state) return;
    this.status = status;
    this.emitter.emit('status', status);
  }

  /** One timer of a name at a time: the first decides when. */
  private once(name: string, afterMs: number, then: () => void): void {
    if (this.timers.has(name)) return;
    const timer = setTimeout(() => {
      this.timers.delete(name);
      then();
    }, afterMs);
    this.timers.set(name, timer);
  }
  private forget(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}
