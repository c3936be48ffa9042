/** One socket in a room: what is sent to it, how much it may send, and why it is closed. */
import type { WebSocket } from 'ws';
import { closeCodes, type CloseName } from '../src/domain/scheme/close-codes.ts';
import { type DrawingAccess, drawingBounds, type Presence } from '../src/domain/scheme/wire.ts';
import type { Writer } from '../src/server/schemes/writers.ts';
import type { TicketHolder } from '../src/server/schemes/tickets.ts';
import type { Metrics } from './metrics.ts';

const perMs = 10_000;
const questionsPerWindow = 10;
/** A page that doesn't answer the closing handshake is cut off after this. */
export const closeWithinMs = 4_000;

export type Receive = (frame: Uint8Array) => void | Promise<void>;

export class Member {
  readonly socket: WebSocket;
  readonly who: TicketHolder;
  readonly writer: Writer;
  readonly #metrics: Metrics;
  access: DrawingAccess;
  /** As what it stood when it was last looked at (`standing-marks.ts`), and until when that holds. */
  mark: string | null = null;
  until: number;
  /** It was told what the document holds, and hears of everything since. */
  isSynced = false;
  /** It has told what it holds itself: before, its updates hang in the air, and come again with that. */
  hasAnswered = false;
  /** What it wants to hear about, once it has: nothing before is told as kept. */
  marks: number[] = [];
  /** How often it was asked in vain. */
  askedAgain = 0;
  claims = 0;
  presence: { client: number; state: Presence | null } | null = null;
  isClosed = false;
  #receive: Receive | null = null;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #isBusy = false;
  #windowFrom = 0;
  #windowCount = 0;
  #syncBytes = 0;
  #questions = 0;

  constructor(
    socket: WebSocket,
    given: { who: TicketHolder; access: DrawingAccess; until: number; metrics: Metrics },
  ) {
    this.socket = socket;
    this.who = given.who;
    this.access = given.access;
    this.until = given.until;
    this.#metrics = given.metrics;
    this.writer = {
      accountId: given.who.kind === 'account' ? given.who.accountId : null,
      guestId: given.who.kind === 'guest' ? given.who.guestId : null,
      name: given.access.name,
    };
  }

  get person(): string {
    return this.writer.accountId ?? this.writer.guestId ?? '';
  }

  get isGuest(): boolean {
    return this.who.kind === 'guest';
  }

  get draws(): boolean {
    return this.access.mode === 'draw';
  }

  /** A frame came. They are taken one after the other, also where one has to wait for something. */
  heard(frame: Uint8Array, now: number): void {
    if (this.isClosed) return;
    if (now - this.#windowFrom > perMs) {
      this.#windowFrom = now;
      this.#windowCount = 0;
      this.#questions = 0;
    }
    if (++this.#windowCount > drawingBounds.messagesPerTenSeconds) return this.close('tooMany');
    if (this.#receive && !this.#isBusy && this.#queue.length === 0) return this.#handOver(frame);
    this.#queue.push(frame);
    this.#queuedBytes += frame.length;
    if (this.#queuedBytes > drawingBounds.bufferedBytes) this.close('tooMany');
  }

  /** Nothing more is taken from it: the process ends, and what isn't kept yet is brought to another. */
  ignore(): void {
    this.#queue = [];
    this.#receive = () => undefined;
  }

  /** From now on frames are handed over; those that came before first. */
  listen(receive: Receive): void {
    this.#receive = receive;
    this.#goOn();
  }

  #handOver(frame: Uint8Array): void {
    let waiting: void | Promise<void>;
    try {
      waiting = this.#receive?.(frame);
    } catch (error) {
      return this.#fail(error);
    }
    if (!waiting) return;
    this.#isBusy = true;
    void waiting
      .catch((error: unknown) => this.#fail(error))
      .then(() => {
        this.#isBusy = false;
        this.#goOn();
      });
  }

  /** A fault of ours, or bytes we hadn't thought of: it ends this socket, and never the others'. */
  #fail(error: unknown): void {
    this.#metrics.count('faults_total');
    console.error(error instanceof Error ? error.stack : 'a frame failed with no error');
    this.close('refused');
  }

  #goOn(): void {
    while (!this.#isBusy && !this.isClosed) {
      const frame = this.#queue.shift();
      if (!frame) return;
      this.#queuedBytes -= frame.length;
      this.#handOver(frame);
    }
  }

  /** It wants the document: whoever asks without end would have it written out without end. */
  mayAsk(): boolean {
    return ++this.#questions <= questionsPerWindow;
  }

  send(bytes: Uint8Array): void {
    if (this.isClosed || this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(bytes);
    if (this.socket.bufferedAmount > drawingBounds.bufferedBytes + this.#syncBytes) this.close('tooSlow');
  }

  /** The whole document may be more than may otherwise wait. */
  sendWhole(bytes: Uint8Array): void {
    if (this.isClosed || this.socket.readyState !== this.socket.OPEN) return;
    this.#syncBytes += bytes.length;
    this.socket.send(bytes, () => {
      this.#syncBytes -= bytes.length;
    });
  }

  close(why: CloseName): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#queue = [];
    this.#metrics.count(`closed_total{why="${why}"}`);
    closeSocket(this.socket, why);
  }
}

export function closeSocket(socket: WebSocket, why: CloseName): void {
  socket.close(closeCodes[why]);
  const cutOff = setTimeout(() => socket.terminate(), closeWithinMs);
  socket.once('close', () => clearTimeout(cutOff));
}
