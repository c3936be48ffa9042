/** The API as it answers over HTTP, without Next: the same handler behind a plain `node:http` server. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { answerWithinMs, type Server } from '../../src/api/deps.ts';
import { handleCalendarFile } from '../../src/api/http/calendar-file.ts';
import { handleDrawingFile } from '../../src/api/http/drawing-file.ts';
import { handleGuestPicture } from '../../src/api/http/guest-picture.ts';
import { handleLiveness, handleReadiness } from '../../src/api/http/health.ts';
import { handleImportReport } from '../../src/api/http/import-report.ts';
import { handleImportUpload } from '../../src/api/http/import-upload.ts';
import { handlePicture } from '../../src/api/http/picture.ts';
import { handlePictureUpload } from '../../src/api/http/picture-upload.ts';
import { handleTrailExport } from '../../src/api/http/trail-export.ts';
import { handleTrpc } from '../../src/api/http/trpc-handler.ts';
import { createDb } from '../../src/server/db.ts';
import type { Deps } from '../../src/server/deps.ts';
import { readEnv } from '../../src/server/env.ts';
import { createAnnouncer } from '../../src/server/live/announcer.ts';
import { openEventHub } from '../../src/server/live/hub.ts';
import { openQueue } from '../../src/server/queue.ts';
import { doorSettings } from './people.ts';

export const appUrl = 'http://localhost:3000';

export interface OpenServer extends Server {
  close(): Promise<void>;
}

/** What a web process has: its pool, its queue, its ear. `now` is the real clock unless given. */
export async function openServer(
  databaseUrl: string,
  options: { poolSize?: number; now?: () => Date; appUrl?: string; trustedProxies?: number } = {},
): Promise<OpenServer> {
  const env = readEnv({
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: 'only for tests, thrown away after',
    MASTER_KEY: doorSettings.masterKey,
    APP_URL: options.appUrl ?? appUrl,
    TRUSTED_PROXIES: String(options.trustedProxies ?? 0),
  });
  const db = createDb(databaseUrl, options.poolSize ?? env.DATABASE_POOL_SIZE, answerWithinMs);
  const [queue, hub] = await Promise.all([openQueue(databaseUrl), openEventHub(databaseUrl)]);
  const announcer = createAnnouncer(db);
  const deps: Deps = { db, queue, announcer, now: options.now ?? (() => new Date()), newId: randomUUID };
  return {
    env,
    deps,
    hub,
    async close() {
      await hub.stop();
      await announcer.stop();
      await queue.stop();
      await db.$disconnect();
    },
  };
}

type Handle = (request: Request, server: Server, id: string) => Promise<Response>;

/** The route handlers that need no Next around them, by address; src/app does no more than name them. */
const handles: readonly [RegExp, Handle][] = [
  [/^\/api\/trpc\//, handleTrpc],
  [/^\/api\/ics\/([^/]+)$/, (request, server, id) => handleCalendarFile(request, id, server)],
  [/^\/api\/imports$/, handleImportUpload],
  [/^\/api\/imports\/([^/]+)\/report$/, (request, server, id) => handleImportReport(request, id, server)],
  [/^\/api\/pictures$/, handlePictureUpload],
  [/^\/api\/pictures\/([^/]+)$/, (request, server, id) => handlePicture(request, id, server)],
  [/^\/api\/drawings\/guest\/picture$/, handleGuestPicture],
  [
    /^\/api\/drawings\/([^/]+\/[^/]+\/[^/]+)$/,
    (request, server, asked) => {
      const [schemeId = '', revision = '', form = ''] = asked.split('/');
      return handleDrawingFile(request, { schemeId, revision, form }, server);
    },
  ],
  [/^\/api\/trail\/export$/, handleTrailExport],
  [/^\/livez$/, handleLiveness],
  [/^\/readyz$/, (_, server) => handleReadiness(server)],
];

async function handle(request: Request, server: Server): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const [address, work] of handles) {
    const found = address.exec(pathname);
    if (found) return work(request, server, found[1] ?? '');
  }
  return new Response(null, { status: 404 });
}

async function answer(server: Server, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const reader = new AbortController();
  outgoing.once('close', () => reader.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal: reader.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
  const response = await handle(request, server);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  const body = Readable.fromWeb(response.body as WebStream);
  body.on('error', () => outgoing.destroy());
  outgoing.once('close', () => body.destroy());
  body.pipe(outgoing);
}

/** Serves on a loopback port of the system's choice until closed. */
export async function listen(
  server: Server,
  port = 0,
): Promise<{ port: number; origin: string; close(): Promise<void> }> {
  const http = createServer((incoming, outgoing) => {
    answer(server, incoming, outgoing).catch((error: unknown) => {
      console.error(error);
      if (!outgoing.headersSent) outgoing.writeHead(500).end();
      else outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (!address || typeof address !== 'object') throw new Error('no port was given');
  return {
    port: address.port,
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
