import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { drawingBounds } from '../src/domain/scheme/wire.ts';
import { createDb } from '../src/server/db.ts';
import { systemDb } from '../src/server/deps.ts';
import { openEar } from '../src/server/live/ear.ts';
import { drawnChannel, presentChannel, schemeChannel } from '../src/server/schemes/notices.ts';
import { sweepTickets } from '../src/server/schemes/tickets.ts';
import { Door } from './door.ts';
import { Elsewhere } from './elsewhere.ts';
import type { House } from './house.ts';
import { closeSocket, closeWithinMs } from './member.ts';
import { Metrics } from './metrics.ts';
import { Relay } from './relay.ts';
import { Rooms } from './rooms.ts';
import { Standings } from './standings.ts';
import { warmUp } from './warm-up.ts';

const everyMs = { look: 1_000, standings: 1_200, sums: 10_000, pings: 15_000, sweep: 60_000 } as const;
/** What waits to be written is waited for so long when the process ends. */
const flushWithinMs = 8_000;

export interface CollabServer {
  port: number;
  /** Unready first, then everything written down, every socket closed with its code, and the port given back. */
  stop(): Promise<void>;
}

export interface CollabSettings {
  host: string;
  port: number;
  databaseUrl: string;
  /** The origin pages come from. */
  appUrl: string;
  poolSize?: number;
}

/** Listens for drawing rooms. Several may serve the same ones: what one keeps, the others hear of through the database. */
export async function startCollabServer(settings: CollabSettings): Promise<CollabServer> {
  warmUp();
  const root = createDb(settings.databaseUrl, settings.poolSize ?? 10);
  const metrics = new Metrics();
  const house: House = {
    db: systemDb(root, 'drawing'),
    instance: randomUUID(),
    metrics,
    now: Date.now,
    roomsDrawing: () => rooms.all().filter(({ isDrawn }) => isDrawn).length,
    tellShown: (room, shown) => elsewhere.tell(room, shown),
    roomOpened: (room) => elsewhere.greet([room]),
  };
  const rooms = new Rooms(house);
  const relay = new Relay(house, rooms);
  const elsewhere = new Elsewhere(house, rooms);
  const standings = new Standings(house, rooms);
  const door = new Door(house, rooms, settings.appUrl);
  const ear = await openEar(settings.databaseUrl, {
    channels: [drawnChannel, schemeChannel, presentChannel],
    onNotice: (channel, payload) => {
      if (channel === drawnChannel) relay.heard(payload);
      else if (channel === presentChannel) elsewhere.heard(payload);
      else void standings.heard(payload);
    },
    onListening: () => void relay.look(),
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: drawingBounds.messageBytes,
    perMessageDeflate: false,
  });
  const http = createServer((request, response) => answer(request, response, door.isOpen, metrics));
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    sockets.handleUpgrade(request, socket, head, (webSocket) => door.welcome(webSocket, request));
  });
  const timers = [
    setInterval(() => {
      void relay.look();
      rooms.foldGrown();
    }, everyMs.look),
    setInterval(() => void standings.look(), everyMs.standings),
    setInterval(() => {
      for (const room of rooms.all()) room.tellSums();
      elsewhere.repeat();
    }, everyMs.sums),
    setInterval(() => pingAll(sockets.clients), everyMs.pings),
    setInterval(() => void sweepTickets(house.db, new Date()).catch(() => undefined), everyMs.sweep),
  ];
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(settings.port, settings.host, resolve);
  });
  const address = http.address();
  return {
    port: address && typeof address === 'object' ? address.port : settings.port,
    async stop() {
      door.isOpen = false;
      for (const timer of timers) clearInterval(timer);
      for (const { member } of rooms.members()) member.ignore();
      await rooms.flush(flushWithinMs);
      for (const { member } of rooms.members()) member.close('goingAway');
      for (const webSocket of sockets.clients) closeSocket(webSocket, 'goingAway');
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      const cutOff = setTimeout(() => http.closeAllConnections(), closeWithinMs);
      await closed;
      clearTimeout(cutOff);
      rooms.stop();
      elsewhere.stop();
      await ear.stop();
      await root.$disconnect();
      metrics.stop();
    },
  };
}

const unanswered = new WeakSet<WebSocket>();

/** Who doesn't answer from one ping to the next is gone without having said so. */
function pingAll(clients: ReadonlySet<WebSocket>): void {
  for (const socket of clients) {
    if (unanswered.has(socket)) {
      socket.terminate();
      continue;
    }
    unanswered.add(socket);
    socket.once('pong', () => unanswered.delete(socket));
    socket.ping();
  }
}

function answer(
  { url, headers, socket }: IncomingMessage,
  response: ServerResponse,
  ready: boolean,
  metrics: Metrics,
): void {
  const [status, text] = ((): [number, string] => {
    if (url === '/livez') return [200, 'ok\n'];
    if (url === '/readyz') return ready ? [200, 'ok\n'] : [503, 'stopping\n'];
    // For who watches over this machine; a proxy's guests are told nothing.
    const isLocal = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '') && !headers['x-forwarded-for'];
    return url === '/metrics' && isLocal ? [200, metrics.text()] : [404, 'not found\n'];
  })();
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
  response.end(text);
}
