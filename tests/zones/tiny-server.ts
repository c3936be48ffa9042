/** As little of a collab-server as a line needs: it speaks the same messages, and a test decides when it keeps, errs or goes. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import {
  accessMessage,
  answerMessage,
  awarenessMessage,
  keptMessage,
  readMessage,
  sumMessage,
  updateMessage,
  vectorMessage,
} from '../../collab-server/protocol.ts';
import { done, type Result } from '../../src/domain/refusal.ts';
import type { DrawingAccess } from '../../src/domain/scheme/wire.ts';
import { crc32 } from '../../src/ui/zones/live/checksum.ts';
import type { Ticket } from '../../src/ui/zones/live/connection.ts';

const access: DrawingAccess = { mode: 'draw', name: 'Anna', hue: 1, kind: 'staff' };

export class TinyServer {
  readonly doc = new Y.Doc();
  readonly heard: string[] = [];
  /** Tickets that came with a socket, in their order. */
  readonly tickets: string[] = [];
  /** Whether marks are answered; those held back are answered by `keepAll`. */
  keeps = true;
  /** Whether it asks a page on entering what it has. */
  asks = true;
  /** Updates that are heard and lost. */
  losesUpdates = false;
  mode: DrawingAccess['mode'] = 'draw';
  private held: (() => void)[] = [];
  private readonly states: Uint8Array[] = [];
  private given = 0;
  private readonly server: WebSocketServer;
  private readonly ready: Promise<void>;

  constructor() {
    this.server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    this.ready = new Promise((resolve) => this.server.once('listening', () => resolve()));
    this.server.on('connection', (socket, request) => {
      this.tickets.push(new URL(request.url ?? '/', 'ws://x').searchParams.get('ticket') ?? '');
      socket.send(accessMessage({ ...access, mode: this.mode }));
      if (this.asks) this.ask(socket);
      for (const states of this.states) socket.send(awarenessMessage(states));
      socket.on('message', (data) => {
        if (data instanceof Buffer) this.hear(socket, data);
      });
    });
  }

  fetchTicket = async (): Promise<Result<Ticket>> => {
    await this.ready;
    const { port } = this.server.address() as AddressInfo;
    return done({ addresses: [`ws://127.0.0.1:${port}/collab/`], ticket: `ticket-${++this.given}` });
  };

  ask(socket?: WebSocket): void {
    const message = vectorMessage(Y.encodeStateVector(this.doc));
    for (const each of socket ? [socket] : this.server.clients) each.send(message);
  }

  private hear(socket: WebSocket, frame: Uint8Array): void {
    const message = readMessage(frame);
    this.heard.push(message?.kind ?? 'nothing we know');
    if (message?.kind === 'vector')
      socket.send(answerMessage(Y.encodeStateAsUpdate(this.doc, message.vector)));
    if (message?.kind === 'awareness') {
      this.states.push(message.states.slice());
      for (const other of this.server.clients)
        if (other !== socket) other.send(awarenessMessage(message.states));
    }
    if (message?.kind === 'mark') {
      const answer = () => socket.send(keptMessage(message.number));
      if (this.keeps) answer();
      else this.held.push(answer);
    }
    if (message?.kind !== 'update' && message?.kind !== 'answer') return;
    if (message.kind === 'update' && this.losesUpdates) return;
    Y.applyUpdate(this.doc, message.update);
    if (this.doc.store.pendingStructs) this.heard.push('gap');
    for (const other of this.server.clients) if (other !== socket) other.send(updateMessage(message.update));
  }

  keepAll(): void {
    for (const answer of this.held.splice(0)) answer();
  }
  setMode(mode: DrawingAccess['mode']): void {
    this.mode = mode;
    for (const socket of this.server.clients) socket.send(accessMessage({ ...access, mode }));
    if (mode === 'draw') this.ask();
  }
  tellSum(sum = crc32(Y.encodeStateVector(this.doc))): void {
    for (const socket of this.server.clients) socket.send(sumMessage(sum));
  }
  closeAll(code: number): void {
    for (const socket of this.server.clients) socket.close(code);
  }
  cut(): void {
    for (const socket of this.server.clients) socket.terminate();
  }
  get pages(): number {
    return this.server.clients.size;
  }
  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** The browser's WebSocket, by the package. */
export const NodeWebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
