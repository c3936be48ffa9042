/** P5: what was called saved is kept, however often the collab-server is killed. P14: bytes that were meddled with change nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { messageTypes } from '../../src/domain/scheme/wire.ts';
import { entriesOf, recordFrom, recordsKey } from '../../src/domain/scheme/layout.ts';
import { schemeRecord } from '../../src/domain/scheme/marks.ts';
import { loadDocument, recordsOfDocument } from '../../src/server/schemes/document.ts';
import { WireWriter } from '../../collab-server/wire-reader.ts';
import { drawStroke, haveSame, inStudio, type Studio } from '../bench/drawing-load.ts';
import type { Figure } from '../bench/reporter.ts';
import { type BareSocket, greet, isWelcomed, openSocket, updateMessage } from '../support/bare-socket.ts';
import { addDrawingStage, injection, openPage, stroke, ticketFor, until } from '../support/drawing-stage.ts';
import { mutated, randomFrom } from '../support/mutations.ts';

const kills = 20;
const editors = 5;
const strokesEach = 100;

const kept: Figure = {
  name: 'P5.drawn_kept',
  unit: 'strokes lost',
  reach: `0 acknowledged of ${editors * strokesEach} by ${editors} editors after ${kills} × kill -9 of the collab-server; replicas equal within 5 s`,
  run: ({ progress }) =>
    inStudio(1, async (studio) => {
      const [collab] = studio.collabs;
      if (!collab) throw new Error('no collab-server');
      const { schemeId, people } = await addDrawingStage(studio.db, editors);
      const pages = await Promise.all(
        people.map((who) => openPage(studio.db, collab.port, schemeId, who, { keepsTrying: true })),
      );
      await until(() => pages.every(({ provider }) => provider.synced));
      const acknowledged = new Set<string>();
      let drawing = editors;
      const drawn = pages.map(async (page) => {
        for (let count = 0; count < strokesEach; count++) {
          const before = new Set(page.ids());
          await drawStroke(page.doc, 4, () => undefined);
          const own = page.ids().filter((id) => !before.has(id));
          const all = page.saved().then(() => own.forEach((id) => acknowledged.add(id)));
          // A hand doesn't wait for every stroke to be kept; now and then it rests.
          if (count % 4 === 3) await all;
        }
        await page.saved();
        drawing--;
      });
      let killed = 0;
      for (; killed < kills && drawing > 0; killed++) {
        await sleep(200 + Math.random() * 700);
        await collab.kill();
        await collab.start();
        progress(killed + 1, kills);
      }
      await Promise.all(drawn);
      const from = performance.now();
      while (!haveSame(pages) && performance.now() - from < 20_000) await sleep(20);
      const seconds = (performance.now() - from) / 1_000;
      const there = recordsOfDocument(await loadDocument(studio.db, { schemeId, generation: 1 }));
      const isWholeStroke = (id: string) => {
        const { data } = schemeRecord.safeParse(there.get(id));
        return data?.type === 'draw' && data.props.isComplete;
      };
      const lost = [...acknowledged].filter((id) => !isWholeStroke(id)).length;
      const isWhole = pages.every((page) => page.ids().length === editors * strokesEach);
      for (const page of pages) page.leave();
      return {
        value: lost,
        ok: lost === 0 && seconds <= 5 && isWhole && killed === kills,
        detail: `${acknowledged.size} acknowledged, ${there.size} kept, ${killed} kills; replicas equal after ${seconds.toFixed(2)} s`,
      };
    }),
};

const attempts = 20_000;
const lanes = 6;

/** What Yjs by itself would make of it, in a copy of the room's document. */
function judged(room: Y.Doc, update: Uint8Array): 'nothing' | 'whole' | 'broken' {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(room));
  const records: Y.Map<unknown> = copy.getMap(recordsKey);
  const before = Y.encodeStateAsUpdate(copy);
  try {
    Y.applyUpdate(copy, update);
  } catch {
    return 'broken';
  }
  if (copy.store.pendingStructs !== null || copy.store.pendingDs !== null || copy.share.size !== 1)
    return 'broken';
  if (Buffer.compare(before, Y.encodeStateAsUpdate(copy)) === 0) return 'nothing';
  for (const [id, entries] of records) {
    const record = recordFrom(id, entries instanceof Y.Map ? entries.entries() : []);
    if (!schemeRecord.safeParse(record).success) return 'broken';
  }
  return 'whole';
}

interface Meddled {
  sent: number;
  refused: number;
  whole: number;
  accepted: number;
}

/** One room, one page that watches it, and somebody who may draw everything and meddles with what they send. */
async function meddle(studio: Studio, seed: number, count: number, onOne: () => void): Promise<Meddled> {
  const random = randomFrom(seed);
  const { schemeId, people } = await addDrawingStage(studio.db, 2);
  const [who, meddler] = people;
  if (!who || !meddler) throw new Error('two are needed');
  const port = studio.portOf(0);
  const page = await openPage(studio.db, port, schemeId, who);
  await until(() => page.provider.synced);
  for (let drawn = 0; drawn < 5; drawn++) page.draw(stroke(40));
  page.draw(injection());
  await page.saved();
  const enter = async (): Promise<BareSocket> => {
    const socket = openSocket(port, `/${schemeId}?ticket=${await ticketFor(studio.db, meddler, schemeId)}`);
    await until(() => isWelcomed(socket) || socket.isClosed());
    greet(socket);
    return socket;
  };
  const result: Meddled = { sent: 0, refused: 0, whole: 0, accepted: 0 };
  let socket = await enter();
  let mark = 0;
  const author = new Y.Doc();
  while (result.sent < count) {
    if (socket.isClosed()) socket = await enter();
    Y.applyUpdate(author, Y.encodeStateAsUpdate(page.doc));
    const replica = new Y.Doc();
    replica.clientID = author.clientID;
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(author));
    const vector = Y.encodeStateVector(replica);
    const records: Y.Map<unknown> = replica.getMap(recordsKey);
    const some = [...records.keys()][Math.floor(random() * records.size)] ?? '';
    const there = records.get(some);
    const kind = random();
    if (kind < 0.4)
      records.set(`shape:m${result.sent}`, new Y.Map(entriesOf(kind < 0.2 ? stroke(30) : injection())));
    else if (kind < 0.8 && there instanceof Y.Map)
      there.set('place', { x: random() * 900, y: 1, rotation: 0 });
    else records.delete(some);
    const bytes = mutated(Y.encodeStateAsUpdate(replica, vector), random);
    const verdict = judged(page.doc, bytes);
    const before = Buffer.from(Y.encodeStateAsUpdate(page.doc));
    result.sent++;
    socket.send(updateMessage(bytes));
    const number = ++mark;
    const keptMark = new WireWriter().varUint(messageTypes.kept).varUint(number).with();
    const isKept = () => socket.heard.some((frame) => Buffer.compare(frame, keptMark) === 0);
    socket.send(new WireWriter().varUint(messageTypes.mark).varUint(number).with());
    await until(() => socket.isClosed() || isKept());
    socket.heard.length = 0;
    // What was passed on is on its way to the watching page, in order: its own mark comes after.
    if (verdict !== 'nothing') await page.saved();
    const hasChanged = Buffer.compare(before, Y.encodeStateAsUpdate(page.doc)) !== 0;
    if (socket.isClosed()) result.refused++;
    if (verdict === 'whole' && hasChanged) result.whole++;
    if (verdict !== 'whole' && hasChanged) result.accepted++;
    onOne();
  }
  const there = recordsOfDocument(await loadDocument(studio.db, { schemeId, generation: 1 }));
  result.accepted += [...there.values()].filter((record) => !schemeRecord.safeParse(record).success).length;
  if (page.closedAs() !== null) throw new Error(`the one who watched was closed: ${page.closedAs()}`);
  socket.socket.terminate();
  page.leave();
  return result;
}

const meddledWith: Figure = {
  name: 'P14.meddled_accepted',
  unit: 'accepted',
  reach: `0 of ${attempts} mutated updates, but those that happen to be whole; the loop never stalls 200 ms`,
  run: ({ progress }) =>
    inStudio(1, async (studio) => {
      const [collab] = studio.collabs;
      if (!collab) throw new Error('no collab-server');
      // The house's roles, before all lanes want them at once.
      await addDrawingStage(studio.db, 1);
      // Forgets what starting took.
      await collab.metric('collab_loop_delay_ms{quantile="1"}');
      let done = 0;
      let stallMs = 0;
      const watch = setInterval(() => {
        void collab
          .metric('collab_loop_delay_ms{quantile="1"}')
          .then((delay) => {
            stallMs = Math.max(stallMs, delay);
          })
          .catch(() => undefined);
      }, 1_000);
      const results = await Promise.all(
        Array.from({ length: lanes }, (_, lane) =>
          meddle(studio, 1_000 + lane, Math.ceil(attempts / lanes), () => progress(++done, attempts)),
        ),
      );
      clearInterval(watch);
      const sum = (name: keyof Meddled) => results.reduce((all, each) => all + each[name], 0);
      return {
        value: sum('accepted'),
        ok: sum('accepted') === 0 && stallMs < 200,
        detail: `${sum('sent')} sent: ${sum('refused')} refused by name, ${sum('whole')} still whole, the rest changed nothing; longest stall ${stallMs.toFixed(0)} ms`,
      };
    }),
};

export const figures: Figure[] = [kept, meddledWith];
