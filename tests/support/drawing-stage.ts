/** A clinic whose clients are drawn on: people with sessions, a scheme, and pages that speak to a real collab-server. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type CollabServer, startCollabServer } from '../../collab-server/server.ts';
import { WireReader, WireWriter } from '../../collab-server/wire-reader.ts';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import { type DrawingAccess, drawingAccess, messageTypes } from '../../src/domain/scheme/wire.ts';
import { closeNameOf, type CloseName } from '../../src/domain/scheme/close-codes.ts';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { hashToken, newToken } from '../../src/server/access/tokens.ts';
import type { Db } from '../../src/server/db.ts';
import { startDocument } from '../../src/server/schemes/document.ts';
import { issueTicket, type TicketHolder } from '../../src/server/schemes/tickets.ts';
import { makeAccount, makeCard, makeRoles, origin } from './people.ts';

export const appUrl = 'http://localhost:3000';

// The stock provider listens for the end of the process, once for each page.
process.setMaxListeners(0);

/** As a browser would: with the origin of the page. */
export class PageSocket extends WebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(address, protocols ?? [], { origin: appUrl });
  }
}

export interface DrawingStage {
  schemeId: string;
  clientId: string;
  /** Administrators, each with a session of their own. */
  people: Extract<TicketHolder, { kind: 'account' }>[];
}

/** A draft and so many people who may draw on it. */
export async function addDrawingStage(db: Db, peopleCount = 2): Promise<DrawingStage> {
  if ((await db.role.count()) === 0) await makeRoles(db);
  const clientId = await makeCard(db);
  const people: DrawingStage['people'] = [];
  for (let count = 0; count < peopleCount; count++)
    people.push(
      await addPerson(
        db,
        await makeAccount(db, {
          role: 'administrator',
          email: `${randomUUID()}@example.com`,
          name: `Person ${count + 1}`,
        }),
      ),
    );
  const schemeId = await addScheme(db, clientId, people[0]?.accountId ?? randomUUID());
  return { schemeId, clientId, people };
}

export async function addPerson(db: Db, accountId: string): Promise<DrawingStage['people'][number]> {
  const sessionId = randomUUID();
  await db.$transaction((tx) => openSession(tx, { id: sessionId, accountId, now: new Date(), origin }));
  return { kind: 'account', accountId, sessionId };
}

export async function addScheme(db: Db, clientId: string, openedBy: string): Promise<string> {
  const schemeId = randomUUID();
  await db.scheme.create({
    data: { id: schemeId, clientId, templateKey: 'face_front_female', openedBy, openedAt: new Date() },
  });
  await db.$transaction((tx) => startDocument(tx, { schemeId, generation: 1 }, null));
  return schemeId;
}

export async function addGuest(
  db: Db,
  schemeId: string,
  status: 'waiting' | 'watch' | 'point' | 'draw',
): Promise<Extract<TicketHolder, { kind: 'guest' }>> {
  const guestId = randomUUID();
  await db.drawingGuest.create({
    data: {
      id: guestId,
      schemeId,
      tokenHash: hashToken(newToken()),
      name: 'Anna',
      hue: 7,
      status,
      joinedAt: new Date(),
    },
  });
  return { kind: 'guest', guestId };
}

export const ticketFor = (db: Db, who: TicketHolder, schemeId: string): Promise<string> =>
  issueTicket({ db, now: () => new Date() }, who, schemeId);

export const openCollab = (databaseUrl: string): Promise<CollabServer> =>
  startCollabServer({ host: '127.0.0.1', port: 0, databaseUrl, appUrl, poolSize: 6 });

/** A page with the stock provider, as far as a test looks at it. */
export interface Page {
  doc: Y.Doc;
  provider: WebsocketProvider;
  access(): DrawingAccess | null;
  /** Everything until now is kept, once it resolves; with the time it took. */
  saved(): Promise<number>;
  closedAs(): CloseName | null;
  sum(): number | null;
  draw(record: SchemeRecord): void;
  ids(): string[];
  leave(): void;
}

export interface PageSettings {
  doc?: Y.Doc;
  /** A ticket given beforehand; else a fresh one for each connection. */
  ticket?: string;
  /** Comes back after any close, as often as it takes. */
  keepsTrying?: boolean;
}

export async function openPage(
  db: Db,
  port: number | (() => number),
  schemeId: string,
  who: TicketHolder,
  { doc = new Y.Doc(), ticket, keepsTrying = false }: PageSettings = {},
): Promise<Page> {
  const portNow = typeof port === 'number' ? () => port : port;
  const provider = new WebsocketProvider(`ws://127.0.0.1:${portNow()}`, schemeId, doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill: PageSocket as unknown as typeof globalThis.WebSocket,
    params: { ticket: ticket ?? (await ticketFor(db, who, schemeId)) },
  });
  if (keepsTrying) provider.shouldReconnect = () => true;
  let access: DrawingAccess | null = null;
  let closedAs: CloseName | null = null;
  let sum: number | null = null;
  let marks = 0;
  const waiting = new Map<number, () => void>();
  const readers = provider.messageHandlers as ((
    encoder: unknown,
    decoder: { arr: Uint8Array; pos: number },
  ) => void)[];
  const rest = ({ arr, pos }: { arr: Uint8Array; pos: number }) => new WireReader(arr.subarray(pos));
  readers[messageTypes.kept] = (_encoder, decoder) => {
    const kept = rest(decoder).varUint();
    for (const [mark, resolve] of waiting)
      if (mark <= kept) {
        waiting.delete(mark);
        resolve();
      }
  };
  readers[messageTypes.access] = (_encoder, decoder) => {
    access = drawingAccess.parse(JSON.parse(rest(decoder).string()));
  };
  readers[messageTypes.sum] = (_encoder, decoder) => {
    sum = rest(decoder).varUint();
  };
  // Every connection wants a ticket of its own.
  provider.on('connection-close', (event) => {
    if (event) closedAs = closeNameOf(event.code);
    if (!ticket && provider.shouldConnect)
      void ticketFor(db, who, schemeId).then(
        (fresh) => {
          provider.params = { ticket: fresh };
          provider.serverUrl = `ws://127.0.0.1:${portNow()}`;
        },
        () => undefined,
      );
  });
  provider.connect();
  const sendMark = (number: number) => {
    const { ws } = provider;
    if (ws && ws.readyState === ws.OPEN)
      ws.send(new WireWriter().varUint(messageTypes.mark).varUint(number).with() as Uint8Array<ArrayBuffer>);
  };
  return {
    doc,
    provider,
    access: () => access,
    closedAs: () => closedAs,
    sum: () => sum,
    async saved() {
      const number = ++marks;
      const startedAt = performance.now();
      const kept = new Promise<void>((resolve) => waiting.set(number, resolve));
      sendMark(number);
      // A connection that came anew has forgotten the mark.
      provider.on('sync', () => waiting.has(number) && setTimeout(() => sendMark(number), 50));
      await kept;
      return performance.now() - startedAt;
    },
    draw(record) {
      doc.getMap(recordsKey).set(record.id, new Y.Map(entriesOf(record)));
    },
    ids: () => [...doc.getMap(recordsKey).keys()].sort((a, b) => a.localeCompare(b)),
    leave() {
      provider.destroy();
    },
  };
}

/** Waits for something to become so; the test's own patience ends it. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await sleep(5);
}

let drawn = 0;

/** A point where something was given. */
export const injection = (x = 100, y = 100, id = `shape:i${process.pid}-${++drawn}`): SchemeRecord => ({
  id,
  typeName: 'shape',
  type: 'injection',
  parentId: 'page:scheme',
  index: 'a1',
  x,
  y,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: { given: null, hue: 3, depth: null, tool: 'needle' },
});

/** A stroke of the pen, of so many points. */
export const stroke = (points: number, id = `shape:d${process.pid}-${++drawn}`): SchemeRecord => ({
  id,
  typeName: 'shape',
  type: 'draw',
  parentId: 'page:scheme',
  index: 'a1',
  x: 10,
  y: 10,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [
      {
        type: 'free',
        points: Array.from({ length: points }, (_, at) => ({
          x: at * 1.25,
          y: Math.round(Math.sin(at) * 100) / 10,
          z: 0.5,
        })),
      },
    ],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
  },
});
