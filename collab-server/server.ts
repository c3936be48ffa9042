import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeCodes } from './close-codes.ts';

/** A client that doesn't answer the closing handshake is cut off after this. */
const closeWithinMillis = 2000;
const largestMessageBytes = 1024 * 1024;

export interface CollabServer {
  port: number;
  /** Unready first, then every socket closed with its code, then the port given back. */
  stop(): Promise<void>;
}

/**
 * Listens for drawing rooms. There are no rooms yet and therefore no valid ticket: every socket is accepted and
 * closed with 4401. A refusal at the upgrade itself would make the browser's provider retry for ever.
 */
export async function startCollabServer({
  host,
  port,
}: {
  host: string;
  port: number;
}): Promise<CollabServer> {
  let ready = true;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
  });
  const http = createServer((request, response) => answerHealth(request, response, ready));
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      closeSocket(webSocket, ready ? closeCodes.unauthenticated : closeCodes.goingAway);
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  const address = http.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    async stop() {
      ready = false;
      for (const webSocket of sockets.clients) closeSocket(webSocket, closeCodes.goingAway);
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      const cutOff = setTimeout(() => http.closeAllConnections(), closeWithinMillis);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

function closeSocket(webSocket: WebSocket, code: number): void {
  webSocket.close(code);
  const cutOff = setTimeout(() => webSocket.terminate(), closeWithinMillis);
  webSocket.once('close', () => clearTimeout(cutOff));
}

function answerHealth({ url }: IncomingMessage, response: ServerResponse, ready: boolean): void {
  const alive = url === '/livez' || (url === '/readyz' && ready);
  const known = url === '/livez' || url === '/readyz';
  response.writeHead(alive ? 200 : known ? 503 : 404, {
    'content-type': 'text/plain',
    'cache-control': 'no-store',
  });
  response.end(alive ? 'ok\n' : known ? 'stopping\n' : 'not found\n');
}
