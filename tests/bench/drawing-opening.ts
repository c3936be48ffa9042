/** A drawing of two thousand strokes and an empty one, and how long a page takes until either can be drawn on. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import { sessionCookieName } from '../../src/api/session-cookie.ts';
import { entriesOf, recordsKey } from '../../src/domain/scheme/layout.ts';
import { type SchemeRecord, schemeRecord } from '../../src/domain/scheme/marks.ts';
import { openSession } from '../../src/server/access/sessions.ts';
import { createDb } from '../../src/server/db.ts';
import { systemDb } from '../../src/server/deps.ts';
import { emptyDocument, startDocument, stateOf } from '../../src/server/schemes/document.ts';
import { addDrawingStage } from '../support/drawing-stage.ts';
import { origin } from '../support/people.ts';

export const strokeCount = 2_000;

export interface Drawings {
  empty: string;
  full: string;
  cookie: { name: string; value: string };
}

/** A number from 0 to 1 that is always the same for the same one. */
const chance = (seed: number): number => {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
};
const rounded = (value: number): number => Math.round(value * 100) / 100 + 0;

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The editor's order from below, as it counts on itself after its first 62. */
const indexAt = (number: number): string =>
  `b${digits.charAt(Math.floor(number / digits.length))}${digits.charAt(number % digits.length)}`;

/** As a hand draws: forty to sixty points along a bend, with a tremble. */
export function handStroke(number: number): SchemeRecord {
  const count = 40 + Math.floor(chance(number) * 21);
  const [turn, length] = [chance(number + 0.1) * 6.28, 0.8 + chance(number + 0.2) * 2];
  const points = Array.from({ length: count }, (_, at) => {
    const angle = turn + (at / count) * (chance(number + 0.3) * 4 - 2);
    const tremble = chance(number * 97 + at) * 0.7;
    return {
      x: rounded(at * length * Math.cos(angle) + tremble),
      y: rounded(at * length * Math.sin(angle) + tremble),
      z: 0.5,
    };
  });
  const colours = ['black', 'red', 'blue', 'green', 'violet'] as const;
  const sizes = ['s', 'm', 'l'] as const;
  return schemeRecord.parse({
    id: `shape:stroke-${number}`,
    typeName: 'shape',
    type: 'draw',
    parentId: 'page:scheme',
    index: indexAt(number),
    x: rounded(150 + chance(number + 0.4) * 700),
    y: rounded(150 + chance(number + 0.5) * 900),
    rotation: 0,
    isLocked: false,
    opacity: 1,
    meta: {},
    props: {
      color: colours[number % colours.length],
      fill: 'none',
      dash: 'draw',
      size: sizes[number % sizes.length],
      segments: [{ type: 'free', points }],
      isComplete: true,
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  });
}

/** Fills an empty database with both, and with whoever looks at them. */
export async function fillDrawings(databaseUrl: string): Promise<Drawings> {
  const root = createDb(databaseUrl, 2);
  const db = systemDb(root, 'figures');
  try {
    await db.clinic.create({ data: { id: randomUUID(), name: 'Full paper', currency: 'EUR' } });
    await db.location.create({ data: { id: randomUUID(), name: 'Full paper', timeZone: 'Europe/Berlin' } });
    const { schemeId: empty, clientId, people } = await addDrawingStage(db, 1);
    const accountId = people[0]?.accountId ?? '';
    const now = new Date();
    const full = randomUUID();
    const doc = emptyDocument();
    const records: Y.Map<unknown> = doc.getMap(recordsKey);
    doc.transact(() => {
      for (let number = 0; number < strokeCount; number++) {
        const record = handStroke(number);
        records.set(record.id, new Y.Map(entriesOf(record)));
      }
    });
    await db.scheme.create({
      data: { id: full, clientId, templateKey: 'face_front_male', openedBy: accountId, openedAt: now },
    });
    await db.$transaction((tx) => startDocument(tx, { schemeId: full, generation: 1 }, stateOf(doc)));
    const value = await db.$transaction((tx) =>
      openSession(tx, { id: randomUUID(), accountId, now, origin }),
    );
    return { empty, full, cookie: { name: sessionCookieName('http://127.0.0.1'), value } };
  } finally {
    await root.$disconnect();
  }
}

/** From the navigation's beginning until every stroke is painted, the tools are there and all is said to be saved. */
export async function opened(page: Page, url: string, strokes: number): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const isOpen =
            document.querySelector('.drawing-canvas .tl-canvas') !== null &&
            document.querySelector('[data-drawing] [role="toolbar"]') !== null &&
            document.querySelector('[data-state="saved"]') !== null &&
            document.querySelectorAll('[data-shape-type="draw"]').length === wanted;
          if (!isOpen) return void requestAnimationFrame(look);
          // What this frame holds is on the screen when the one after it begins.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
        };
        look();
      }),
    strokes,
  );
}

/** A stroke drawn on it is on the paper: what was open could be drawn on. */
export async function drawOn(page: Page, strokes: number): Promise<void> {
  const box = await page.locator('.drawing-canvas .tl-canvas').boundingBox();
  if (!box) throw new Error('no paper is to be seen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.keyboard.press('d');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 30, { steps: 6 });
  await page.mouse.up();
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-shape-type="draw"]').length === wanted,
    strokes + 1,
  );
}
