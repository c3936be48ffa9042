/** People drawing, and how long it takes until others have it and until it is kept. */
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import { createDb, type Db } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { Cluster } from '../support/cluster.ts';
import { CollabProcess } from '../support/collab-process.ts';
import {
  addDrawingStage,
  type DrawingStage,
  openPage,
  type Page,
  PageSocket,
  stroke,
  until,
} from '../support/drawing-stage.ts';

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export const spread = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5).toFixed(1)}, p95 ${quantile(values, 0.95).toFixed(1)}, most ${Math.max(...values).toFixed(1)} ms of ${values.length}`;

export interface Studio {
  db: Db;
  cluster: Cluster;
  collabs: CollabProcess[];
  portOf(instance: number): number;
}

/** A database of its own, durable, and so many collab-servers. */
export async function inStudio<T>(instances: number, work: (studio: Studio) => Promise<T>): Promise<T> {
  const cluster = await Cluster.open();
  const root = createDb(cluster.runtimeUrl, 4);
  const collabs = Array.from({ length: instances }, () => new CollabProcess(cluster.runtimeUrl));
  try {
    await Promise.all(collabs.map((collab) => collab.start()));
    return await work({
      db: systemDb(root, 'figures'),
      cluster,
      collabs,
      portOf: (instance) => collabs[instance % collabs.length]?.port ?? 0,
    });
  } finally {
    await Promise.all(collabs.map((collab) => collab.kill()));
    await root.$disconnect();
    await cluster.close();
  }
}

/** So many people in one room, on the instances in turn. */
export async function openRoom(
  studio: Studio,
  people: number,
): Promise<{ stage: DrawingStage; pages: Page[] }> {
  const stage = await addDrawingStage(studio.db, people);
  const pages = await Promise.all(
    stage.people.map((who, index) => openPage(studio.db, () => studio.portOf(index), stage.schemeId, who)),
  );
  await until(() => pages.every(({ provider }) => provider.synced));
  return { stage, pages };
}

export const haveSame = (pages: readonly { doc: Y.Doc }[]): boolean => {
  const [first, ...others] = pages.map(({ doc }) => Buffer.from(Y.encodeStateVector(doc)));
  return others.every((vector) => first?.equals(vector));
};

/** One stroke as the page writes it while a hand draws: a record, then more and more of its points; a pause after each step. */
export async function drawStroke(
  doc: Y.Doc,
  pauseMs: number,
  onStep: () => void,
  points = 60,
): Promise<void> {
  const whole = stroke(points);
  if (whole.type !== 'draw') throw new Error('no stroke');
  const all = whole.props.segments[0]?.points ?? [];
  let before = new Map<string, unknown>();
  for (let count = 5; count <= points; count += 5) {
    const isComplete = count + 5 > points;
    const now = entriesOf({
      ...whole,
      props: { ...whole.props, isComplete, segments: [{ type: 'free', points: all.slice(0, count) }] },
    });
    onStep();
    doc.transact(() => {
      const records: Y.Map<unknown> = doc.getMap(recordsKey);
      const there = records.get(whole.id);
      if (!(there instanceof Y.Map)) records.set(whole.id, new Y.Map(now));
      else {
        for (const key of before.keys()) if (!now.has(key)) there.delete(key);
        for (const [key, value] of now) if (!isDeepStrictEqual(before.get(key), value)) there.set(key, value);
      }
    });
    before = now;
    await sleep(pauseMs);
  }
}

/** How long each update of one document takes to the other. */
export function delaysBetween(from: Y.Doc, to: Y.Doc): { sent(): void; delays: number[]; stop(): void } {
  const sentAt: number[] = [];
  const delays: number[] = [];
  let heard = 0;
  const hear = (_update: Uint8Array, origin: unknown) => {
    const at = sentAt[heard++];
    if (origin !== null && at !== undefined) delays.push(performance.now() - at);
  };
  to.on('update', hear);
  if (from === to) throw new Error('two documents are needed');
  return { sent: () => sentAt.push(performance.now()), delays, stop: () => to.off('update', hear) };
}

/** Two documents beside each other over a relay that does nothing else. */
export async function overBareRelay<T>(work: (from: Y.Doc, to: Y.Doc) => Promise<T>): Promise<T> {
  const child = fork(path.join(import.meta.dirname, 'bare-relay.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message) => resolve(Number(Reflect.get(Object(message), 'port')))),
  );
  const open = () => {
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, 'room', doc, {
      disableBc: true,
      WebSocketPolyfill: PageSocket as unknown as typeof globalThis.WebSocket,
    });
    return { doc, provider };
  };
  const [one, two] = [open(), open()];
  try {
    await until(() => one.provider.wsconnected && two.provider.wsconnected);
    return await work(one.doc, two.doc);
  } finally {
    one.provider.destroy();
    two.provider.destroy();
    child.kill('SIGKILL');
    await gone;
  }
}

export interface Hand {
  /** Every move, until all others have it. */
  delays: number[];
  moves: number;
}

/** Everybody moves a mark of their own for so long, so often a second; every move is waited for by everybody else. */
export async function moveAll(
  rooms: readonly (readonly Page[])[],
  seconds: number,
  perSecond: number,
): Promise<Hand> {
  const hand: Hand = { delays: [], moves: 0 };
  const sentAt = new Map<number, number>();
  const stops: (() => void)[] = [];
  const all = rooms.flat();
  for (const [index, page] of all.entries()) {
    const { injection } = await import('../support/drawing-stage.ts');
    page.draw(injection(0, index, `shape:hand-${index}`));
    const records: Y.Map<unknown> = page.doc.getMap(recordsKey);
    const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], { local }: Y.Transaction) => {
      if (local) return;
      for (const { target } of events) {
        if (!(target instanceof Y.Map)) continue;
        const place: unknown = target.get('place');
        const at = sentAt.get(Number(Reflect.get(Object(place), 'x')));
        if (at !== undefined) hand.delays.push(performance.now() - at);
      }
    };
    records.observeDeep(observe);
    stops.push(() => records.unobserveDeep(observe));
  }
  const endsAt = performance.now() + seconds * 1_000;
  await Promise.all(
    all.map(async (page, index) => {
      await sleep(Math.random() * (1_000 / perSecond));
      while (performance.now() < endsAt) {
        const move = ++hand.moves;
        const mark = page.doc.getMap(recordsKey).get(`shape:hand-${index}`);
        sentAt.set(move, performance.now());
        if (mark instanceof Y.Map) mark.set('place', { x: move, y: index, rotation: 0 });
        await sleep((0.5 + Math.random()) * (1_000 / perSecond));
      }
    }),
  );
  await Promise.all(all.map((page) => page.saved()));
  for (const room of rooms) await until(() => haveSame(room));
  for (const stop of stops) stop();
  return hand;
}
