/** Drawing together: how soon others see it, how soon it is kept, and how many rooms one process bears. */
import { setTimeout as sleep } from 'node:timers/promises';
import { recordsOfDocument, loadDocument } from '../../src/server/schemes/document.ts';
import { revokeSessionsOf } from '../../src/server/access/sessions.ts';
import {
  delaysBetween,
  drawStroke,
  haveSame,
  inStudio,
  moveAll,
  openRoom,
  overBareRelay,
  quantile,
  spread,
  type Studio,
} from './drawing-load.ts';
import type { Page } from '../support/drawing-stage.ts';
import { until } from '../support/drawing-stage.ts';
import type { Figure } from './reporter.ts';

const strokes = 60;
const stepPauseMs = 8;

interface Measured {
  ours: number[];
  bare: number[];
  saved: number[];
}

/** The same strokes over both, in turns, so that whatever else the machine does counts against both. */
async function measure(): Promise<Measured> {
  return inStudio(1, async (studio) => {
    const { pages } = await openRoom(studio, 2);
    const [first, second] = pages;
    if (!first || !second) throw new Error('two are needed');
    return overBareRelay(async (from, to) => {
      const ours = delaysBetween(first.doc, second.doc);
      const bare = delaysBetween(from, to);
      const saved: number[] = [];
      for (let count = 0; count < strokes; count++) {
        await drawStroke(from, stepPauseMs, bare.sent);
        await drawStroke(first.doc, stepPauseMs, ours.sent);
        saved.push(await first.saved());
      }
      await until(() => haveSame(pages));
      for (const page of pages) page.leave();
      // The first of each pays for its making.
      return { ours: ours.delays.slice(60), bare: bare.delays.slice(60), saved: saved.slice(3) };
    });
  });
}

let measured: Promise<Measured> | undefined;
const once = (): Promise<Measured> => (measured ??= measure());

const ratio = (share: number, most: number, name: string): Figure => ({
  name: `drawings.seen_${name}`,
  unit: '×',
  reach: `≤ ${most} × a bare relay of the same frames in the same run`,
  async run() {
    const { ours, bare } = await once();
    const value = quantile(ours, share) / quantile(bare, share);
    return { value, ok: value <= most, detail: `here ${spread(ours)}; bare ${spread(bare)}` };
  },
});

const saved: Figure = {
  name: 'drawings.saved_p95',
  unit: 'ms',
  reach: '≤ 600 from the last of a stroke to “saved”, which is said after the commit',
  async run() {
    const { saved: waits } = await once();
    const value = quantile(waits, 0.95);
    return { value, ok: value <= 600, detail: spread(waits) };
  },
};

const across: Figure = {
  name: 'drawings.seen_across_p95',
  unit: 'ms',
  reach: '≤ 200 from a document on one instance to one on another',
  async run() {
    const delays = await inStudio(2, async (studio) => {
      const { pages } = await openRoom(studio, 2);
      const hand = await moveAll([pages], 20, 20);
      for (const page of pages) page.leave();
      return hand.delays;
    });
    const value = quantile(delays, 0.95);
    const { ours } = await once();
    return { value, ok: value <= 200, detail: `${spread(delays)}; same instance ${spread(ours)}` };
  },
};

const eight: Figure = {
  name: 'drawings.eight_p95',
  unit: 'ms',
  reach: '≤ 200 to everybody, 8 people drawing in one room, six moves a second each',
  async run() {
    const delays = await inStudio(1, async (studio) => {
      const { pages } = await openRoom(studio, 8);
      const hand = await moveAll([pages], 15, 6);
      for (const page of pages) page.leave();
      return hand.delays;
    });
    const value = quantile(delays, 0.95);
    return { value, ok: value <= 200, detail: spread(delays) };
  },
};

async function lostOf(
  studio: Studio,
  rooms: readonly { schemeId: string; pages: Page[] }[],
): Promise<number> {
  let lost = 0;
  for (const { schemeId, pages } of rooms) {
    const kept = recordsOfDocument(await loadDocument(studio.db, { schemeId, generation: 1 }));
    for (const page of pages)
      for (const id of page.ids()) {
        const here = JSON.stringify(page.doc.getMap('records').toJSON()[id]?.place);
        const there = kept.get(id);
        if (here !== JSON.stringify({ x: there?.['x'], y: there?.['y'], rotation: there?.['rotation'] }))
          lost++;
      }
  }
  return lost;
}

const many = (instances: number): Figure => ({
  name: `drawings.thirty_rooms_${instances === 1 ? 'one' : 'two'}`,
  unit: 'lost',
  reach: `0 of 30 rooms × 3 people drawing six moves a second on ${instances === 1 ? 'one instance' : 'two instances'}`,
  run: () =>
    inStudio(instances, async (studio) => {
      const sum = async (name: string) =>
        (await Promise.all(studio.collabs.map((collab) => collab.metric(name)))).reduce((a, b) => a + b, 0);
      const idleMemory = await sum('collab_memory_bytes');
      const rooms = [];
      for (let count = 0; count < 30; count++) {
        const { stage, pages } = await openRoom(studio, 3);
        rooms.push({ schemeId: stage.schemeId, pages });
      }
      const seconds = 20;
      const cpuBefore = await sum('collab_cpu_seconds_total');
      const hand = await moveAll(
        rooms.map(({ pages }) => pages),
        seconds,
        6,
      );
      const cpu = (await sum('collab_cpu_seconds_total')) - cpuBefore;
      const memory = (await sum('collab_memory_bytes')) - idleMemory;
      const lost = await lostOf(studio, rooms);
      for (const { pages } of rooms) for (const page of pages) page.leave();
      return {
        value: lost,
        // Across instances several moves of one mark come at once, and only the last of them is seen.
        ok: lost === 0 && hand.delays.length >= hand.moves / 2,
        detail: `${spread(hand.delays)}, ${(hand.moves / seconds).toFixed(0)} moves/s; a room takes ${((cpu / seconds / 30) * 100).toFixed(2)} % of a core and ${(memory / 30 / 1024 / 1024).toFixed(2)} MB`,
      };
    }),
});

const revoked: Figure = {
  name: 'drawings.left_within',
  unit: 's',
  reach:
    '≤ 2 at most from the end of a session to the close of its socket, with nobody telling; 20 people in 5 rooms',
  run: () =>
    inStudio(1, async (studio) => {
      const rooms = [];
      for (let count = 0; count < 5; count++) rooms.push(await openRoom(studio, 4));
      const waits: number[] = [];
      for (const { stage, pages } of rooms)
        for (const [index, page] of pages.entries()) {
          await sleep(Math.random() * 400);
          const accountId = stage.people[index]?.accountId ?? '';
          const from = performance.now();
          await revokeSessionsOf(studio.db, accountId, new Date(), 'figures');
          await until(() => page.closedAs() === 'revoked');
          waits.push((performance.now() - from) / 1_000);
          page.leave();
        }
      const value = Math.max(...waits);
      return { value, ok: value <= 2 && waits.length === 20 };
    }),
};

export const figures: Figure[] = [
  ratio(0.5, 2, 'p50'),
  ratio(0.95, 3, 'p95'),
  saved,
  across,
  eight,
  many(1),
  many(2),
  revoked,
];
